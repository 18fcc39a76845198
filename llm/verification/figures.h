#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "llm/verification/bounds.h"

namespace stubkeeper::llm {

// A number with its unit, in a form that compares: "$24M", "24 million US dollars" and "twenty-four
// million dollars" are {"24000000", "24", "$"}.
struct Figure {
  std::string number;    // as a decimal with its scale applied, without separators: "24000000", "3.5", "-5"
  std::string digits;    // the same without the scale: "24"
  std::string currency;  // "$", "€", "£", "¥", or a code in lower case: "chf"; ""
  std::string unit;      // "%", "mw", "wh/kg", or the word that follows: "employees"; ""
  bool is_measure = false;          // the unit is one of measure, or percent
  std::set<std::string> following;  // the few words after it: "full", "time", "employees"
  std::string text;                 // as written: "$24M"
  Bound bound = Bound::exact;       // of find_stated_figures() only
  std::size_t begin = 0;
};

// The figures of a text in digits, with those of dates.
std::vector<Figure> find_figures(std::string_view text);

// The figures of a text, in digits or in words ("twenty-four million", "a dozen"; "one" is none),
// with both ends of a range, and without the numbers of dates (llm/verification/dates.h).
std::vector<Figure> find_stated_figures(std::string_view text);

// Whether two figures have the same value: "24m" may be 24 million.
bool has_same_value(const Figure& a, const Figure& b);

// Whether two figures have the same unit, or one's is among the words after the other.
bool has_same_unit(const Figure& a, const Figure& b);

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
