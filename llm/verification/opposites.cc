#include "llm/verification/opposites.h"

#include <algorithm>
#include <set>

#include "base/text/strings.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

using Words = std::vector<std::string_view>;

struct Opposition {
  Words one;
  Words other;
};

// All forms of words that say the same of a thing, and all that say the contrary.
const std::vector<Opposition>& oppositions() {
  static const std::vector<Opposition> all{
      {{"rise", "rises", "rose", "risen", "rising", "grow", "grows", "grew", "grown", "growing", "increase",
        "increases", "increased", "increasing", "gained", "climbed", "expanded", "expands"},
       {"fall",    "falls",    "fell",      "fallen",    "falling",   "shrink",    "shrinks",
        "shrank",  "shrunk",   "shrinking", "decrease",  "decreases", "decreased", "decreasing",
        "decline", "declines", "declined",  "declining", "dropped",   "drops",     "reduced"}},
      {{"win", "wins", "won", "winning", "victory"},
       {"lose", "loses", "lost", "losing", "loss", "losses", "defeat", "defeated"}},
      {{"open", "opens", "opened", "opening", "reopened"}, {"close", "closes", "closed", "closing", "shut"}},
      {{"buy", "buys", "bought", "buying", "acquire", "acquires", "acquired", "purchased"},
       {"sell", "sells", "sold", "selling", "divested"}},
      {{"begin", "begins", "began", "begun", "start", "starts", "started"},
       {"end", "ends", "ended", "stop", "stops", "stopped", "finished"}},
      {{"approve", "approves", "approved", "accepted", "accepts"},
       {"reject", "rejects", "rejected", "refused", "denied", "declined"}},
      {{"hire", "hires", "hired", "joins", "joined", "appointed"},
       {"leave", "leaves", "left", "resigned", "departed", "dismissed", "fired"}},
      {{"profit", "profits", "profitable"}, {"loss", "losses", "unprofitable"}},
      {{"highest", "most", "largest", "biggest", "best"}, {"lowest", "least", "smallest", "worst", "fewest"}},
      {{"faster", "fastest"}, {"slower", "slowest"}},
      {{"older", "oldest"}, {"younger", "youngest"}},
      {{"longer", "longest"}, {"shorter", "shortest"}},
      {{"positive", "positively", "favorable", "favourable"}, {"negative", "negatively", "unfavorable"}},
      {{"public"}, {"private"}},
      {{"majority"}, {"minority"}},
      {{"supported", "supports", "backed"}, {"opposed", "opposes"}},
      {{"confirmed", "confirms"}, {"denied", "denies"}},
      {{"born"}, {"died"}},
      {{"alive", "living"}, {"dead", "deceased"}},
      {{"male", "man", "men"}, {"female", "woman", "women"}},
      {{"north", "northern"}, {"south", "southern"}},
      {{"east", "eastern"}, {"west", "western"}},
  };
  return all;
}

std::string find_first_of(const Words& wanted, const std::set<std::string>& words) {
  for (const std::string_view word : wanted) {
    if (words.contains(std::string{word})) return std::string{word};
  }
  return {};
}

}  // namespace

std::vector<std::string> find_opposites(std::string_view text, std::string_view quotes) {
  const auto said = lowercase_word_set(text);
  const auto quoted = lowercase_word_set(quotes);
  std::vector<std::string> found;
  const auto compare = [&](const Words& one, const Words& other) {
    const std::string word = find_first_of(one, said);
    if (word.empty() || !find_first_of(one, quoted).empty() || !find_first_of(other, said).empty()) return;
    const std::string opposite = find_first_of(other, quoted);
    if (!opposite.empty()) add_once(found, word + " (the quotes say \"" + opposite + "\")");
  };
  for (const Opposition& opposition : oppositions()) {
    compare(opposition.one, opposition.other);
    compare(opposition.other, opposition.one);
  }
  return found;
}

}  // namespace stubkeeper::llm
