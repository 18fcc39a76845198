#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper {

// A word of a text, which it points into.
struct Word {
  std::string_view text;
  std::size_t begin = 0;
  std::size_t end() const { return begin + text.size(); }
};

// The words of UTF-8 in any script: runs of letters, marks, digits and currency signs. Punctuation, other
// symbols and white space part them, also inside of "1,000" and "it's". Where a script has no spaces
// (Chinese, Japanese, Thai, ...), ICU's dictionaries do (UAX #29).
std::vector<Word> split_words(std::string_view text);

// UTF-8 by Unicode's full case folding, for comparing: "STRASSE" and "Straße" are one. Of a text over a
// million bytes that is not ASCII the rest is left as it is.
std::string fold_case(std::string_view text);

// Whether no letter or digit (is_word_byte) stands beside a part of a text.
bool is_whole_word(std::string_view text, std::size_t begin, std::size_t end);

// The first place of some words as whole words, from a byte on; npos where there is none.
std::size_t find_whole_words(std::string_view text, std::string_view words, std::size_t from = 0);

}  // namespace stubkeeper
