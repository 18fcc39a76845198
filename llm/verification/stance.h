#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// How a text holds what it says.
enum class Stance {
  denied,    // not, never, no longer, denied
  planned,   // plans to, will, is expected to
  possible,  // may, could, potentially
  reported,  // reportedly, allegedly, rumoured
};

// A word that gives a text a stance, and the words whose meaning it governs: those behind it up to the end of
// the clause, or the whole clause where nothing stands behind it.
struct StanceCue {
  Stance stance = Stance::denied;
  std::string word;
  std::string_view scope;
};

// The marks of a text, in order. "not only", "no later than" and "No. 5" deny nothing; May is a month where
// it has a capital and no sentence begins.
std::vector<StanceCue> find_stance_cues(std::string_view text);

// Whether a text says something else than quotes by these stances (DESIGN.md §7: negation and modality
// agree): a mark in the quotes governs words that the text has without such a mark, or a mark of the text
// stands in no quote. Gives what differs in words, or "".
std::string describe_stance_difference(const std::vector<Stance>& stances, std::string_view text,
                                       std::string_view quotes);

// Superlatives of a text: "largest", "first", "only"; not "first quarter", "first 60", "at most", "leading to", "track
// record". `limited`: among some, or only its own ("one of the
// largest", "among the first", "its first").
struct Superlative {
  std::string word;
  bool limited = false;
};
std::vector<Superlative> find_superlatives(std::string_view text);

// Whether a text says in so many words who says it: "according to", "X said".
bool has_attribution(std::string_view text);

}  // namespace stubkeeper::llm
