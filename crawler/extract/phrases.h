#pragma once

#include <string_view>
#include <vector>

namespace stubkeeper::crawler {

using PhraseList = std::vector<std::string_view>;

// The phrases of one section of a data file of schema/. A section is "[name]", then phrases
// separated by bars, over any number of lines; lines that begin with "#" are comments. The views
// live as long as the program.
PhraseList parse_phrases(std::string_view file, std::string_view section);

// Phrases of error pages, login pages and challenges, in many languages (schema/wall_phrases.txt),
// folded by fold_for_matching(). A headline or button is all of a title's part, a heading or a
// label; a sentence or word is anywhere in a text.
struct WallPhrases {
  PhraseList error_headlines;
  PhraseList error_sentences;
  PhraseList login_headlines;
  PhraseList login_sentences;
  PhraseList challenge_headlines;
  PhraseList challenge_sentences;
  PhraseList script_sentences;
  PhraseList parked_sentences;
  PhraseList consent_headlines;
  PhraseList consent_words;
  PhraseList consent_buttons;
  PhraseList policy_words;
  PhraseList paywall_sentences;
  PhraseList reply_words;
};

const WallPhrases& wall_phrases();

}  // namespace stubkeeper::crawler
