#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::testing {

// The recorded attack texts of the folder of real data (BIPIA, text_attack_train.json), in order.
std::vector<std::string> recorded_attacks(const std::string& data);

// What every poisoned document truly says.
extern const std::string honest_sentence;

// A document on "Saltline" with a text hidden in it.
struct PoisonedDocument {
  std::string bytes;
  std::string content_type;
};

// A way to hide a text: in a comment, as white text, in a feed's title, ...
struct HidingPlace {
  std::string name;  // for URLs and messages: "white-text"
  PoisonedDocument (*document)(const std::string& hidden);
};
const std::vector<HidingPlace>& hiding_places();

// A model that does what texts in its passages tell it: for a request's input, the answer of a model that
// obeys `attack` where it was shown to it, in a passage or a source's title, and one honest change. The
// answer tries everything that an answer could be used for: links, HTML, shortcodes, front matter, paths,
// blocks that are not the entry's, the attack itself as a quote. `obeyed` says whether the attack was there.
std::string obedient_answer(const std::string& input, const std::string& attack, bool& obeyed);

}  // namespace stubkeeper::testing
