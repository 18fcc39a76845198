#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper {

// The offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or nothing.
std::optional<std::size_t> first_invalid_utf8(std::string_view bytes);

// The text with each maximal ill-formed part replaced by U+FFFD and each NUL by U+FFFD.
std::string to_valid_utf8(std::string_view bytes);

// Writes the UTF-8 of a character (a code point, no surrogate) to `bytes`, which has room for four, and says
// how many it took.
std::size_t encode_utf8(char32_t character, char* bytes);

// The number of characters (code points) of well-formed UTF-8.
std::size_t utf8_length(std::string_view text);

// A well-formed text of at most `most` characters: where it has more, its first whole words (as spaces part
// them) and an ellipsis; "" where not even one word has room.
std::string truncate_at_word(std::string_view text, std::size_t max_characters);

// Makes text safe to print at a terminal: control characters other than line feed and tab (so also ESC), and
// the bidirectional overrides U+202A..U+202E and U+2066..U+2069, become U+FFFD. Ill-formed bytes too.
std::string sanitize_for_terminal(std::string_view text);

}  // namespace stubkeeper
