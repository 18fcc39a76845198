#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// A number with what stands around it: "$24 million" is {"24", "$", "million"}.
struct Figure {
  std::string number;    // digits with a decimal point, without thousands separators
  std::string currency;  // "$", "€", "£", "¥", or a code such as "USD" before or after it; ""
  std::string unit;      // the word or sign that follows: "%", "mw", "million"; ""
};
std::vector<Figure> figures_in(std::string_view text);

// Dates as "2026", "2026-05" or "2026-05-07", from ISO dates, "May 7, 2026", "7 May 2026" and "May 2026".
std::vector<std::string> dates_in(std::string_view text);

// Numbers that a reader takes for years, 1900 to 2099, as they stand.
std::vector<std::string> years_in(std::string_view text);

// Capitalized words that do not begin a sentence, and words with a capital or digit within ("IonQ", "H100"),
// each once, as written.
std::vector<std::string> names_in(std::string_view text);

// The words of a text in lower case.
std::vector<std::string> words_of(std::string_view text);
std::set<std::string> word_set(std::string_view text);

bool has_negation(const std::set<std::string>& words);
bool has_modality(const std::set<std::string>& words);
// Superlatives among the words.
std::vector<std::string> superlatives_in(const std::set<std::string>& words);
// Words of praise among the words.
std::vector<std::string> hype_in(const std::set<std::string>& words);

// Whether a text reads like an instruction to a language model.
bool reads_like_an_instruction(std::string_view text);

// Shared words over all words of two texts (Jaccard), 0..1.
double likeness_of(const std::set<std::string>& a, const std::set<std::string>& b);

}  // namespace stubkeeper::llm
