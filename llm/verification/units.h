#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::llm {

// The sign or code of a currency that a word or sign names: "$" for "$", "US$", "USD" and "dollars"; "eur"
// and "€" are "€". "" for another word. Lower case, but for signs.
std::string normalize_currency(std::string_view word);

// How many zeros a word of scale adds: 6 for "million", "mn" and "m"; 0 for another. One-letter forms are
// given only where `attached` to the number: "24m", "24B".
int scale_exponent(std::string_view word, bool attached);

// The one form of a unit of measure: "mw" for "MW", "megawatt" and "megawatts"; "" for a word that is none.
std::string normalize_unit(std::string_view word);

// The value of a number word, "two" to "ninety", or nothing; "dozen" is 12. "one" is not a figure but
// an article more often than not.
std::optional<int> parse_number_word(std::string_view word);

}  // namespace stubkeeper::llm
