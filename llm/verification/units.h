#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::llm {

// The sign or code of a currency: "$" for "US$", "USD" and "dollars", "€" for "eur"; "" for another
// word. Lower case, but for signs.
std::string normalize_currency(std::string_view word);

// The zeros that a word of scale adds: 6 for "million", "mn" and "m"; 0 for another. One-letter
// forms count only where `attached` to the number: "24m", "24B".
int scale_exponent(std::string_view word, bool attached);

// The one form of a unit of measure: "mw" for "MW", "megawatt" and "megawatts"; "" for another
// word.
std::string normalize_unit(std::string_view word);

// The value of a number word, "two" to "ninety" and "dozen". "one" has none: it is mostly an
// article.
std::optional<int> parse_number_word(std::string_view word);

}  // namespace stubkeeper::llm
