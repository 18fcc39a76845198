#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/words.h"

namespace stubkeeper::llm {

// The words of a text in lower case (ASCII).
std::vector<std::string> lowercase_words(std::string_view text);
std::set<std::string> lowercase_word_set(std::string_view text);

// Shared words over all words of two texts (Jaccard), 0..1.
double jaccard_similarity(const std::set<std::string>& a, const std::set<std::string>& b);

// The words of a text that are no function words, in lower case, without grammatical endings
// ("opened" and "opens" are one).
std::set<std::string> content_words(std::string_view text);

// The share of `part` that is in `whole`, 0..1; 0 for an empty part.
double containment_ratio(const std::set<std::string>& part, const std::set<std::string>& whole);

// An article, pronoun, preposition, conjunction or auxiliary verb, in lower case.
bool is_function_word(std::string_view word);

// The parts of a text between full stops, commas that part no number, semicolons, colons, dashes
// and "but", "while", "although", "whereas".
std::vector<std::string_view> split_clauses(std::string_view text);

// The words of a text as one string with a space before and after each, to look phrases up in.
std::string padded_words(std::string_view text);
// The phrases that are in padded words, as whole words, in any case.
std::vector<std::string> find_phrases(const std::string& padded, const std::vector<std::string>& phrases);

}  // namespace stubkeeper::llm
