#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// How certain a statement is.
enum class Stance {
  denied,    // not, never, no longer, denied
  planned,   // plans to, will, is expected to
  possible,  // may, could, potentially
  reported,  // reportedly, allegedly, rumoured
};

// A word that gives a text a stance, and the words that it governs: those after it up to the end of
// the clause, or the whole clause where none follow.
struct StanceCue {
  Stance stance = Stance::denied;
  std::string word;
  std::string_view scope;
};

// The cues of a text, in order. "not only", "no later than" and "No. 5" deny nothing; "May" is a
// month where it has a capital and begins no sentence.
std::vector<StanceCue> find_stance_cues(std::string_view text);

// How a text differs from its quotes in these stances, in words, or "": a cue in the quotes governs
// words that the text has without such a cue, or a cue of the text is in no quote.
std::string describe_stance_difference(const std::vector<Stance>& stances, std::string_view text,
                                       std::string_view quotes);

// A superlative of a text: "largest", "first", "only"; not "first quarter", "first 60", "at most",
// "leading to", "track record".
struct Superlative {
  std::string word;
  bool limited = false;  // "one of the largest", "among the first", "its first"
};
std::vector<Superlative> find_superlatives(std::string_view text);

// Whether a text names who says it: "according to", "X said".
bool has_attribution(std::string_view text);

}  // namespace stubkeeper::llm
