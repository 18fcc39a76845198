#pragma once

#include <string_view>
#include <vector>

namespace stubkeeper::crawler {

using PhraseList = std::vector<std::string_view>;

// The phrases of a section of a file in schema/: "[name]", then phrases between bars, over one or several
// lines, up to the next section. Lines that begin with "#" are comments. The views live as long as the
// program.
PhraseList parse_phrases(std::string_view file, std::string_view section);

// What error pages, walls and challenges say, in many languages: schema/wall_phrases.txt, which is built in.
// All of it is folded as fold_for_matching() folds a page's text. A headline or button is the whole of a
// title's part, a heading or a label; a sentence or word stands anywhere in a text.
struct WallPhrases {
  using List = PhraseList;
  List error_headlines;
  List error_sentences;
  List login_headlines;
  List login_sentences;
  List challenge_headlines;
  List challenge_sentences;
  List script_sentences;
  List parked_sentences;
  List consent_headlines;
  List consent_words;
  List consent_buttons;
  List policy_words;
};

const WallPhrases& wall_phrases();

}  // namespace stubkeeper::crawler
