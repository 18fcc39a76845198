#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper {

// The offset of the first byte that is not well-formed UTF-8 (Unicode 15, table 3-7), or nothing.
std::optional<std::size_t> first_invalid_utf8(std::string_view bytes);

// The text with U+FFFD for each maximal ill-formed part and each NUL.
std::string to_valid_utf8(std::string_view bytes);

// A byte of a character after its first one.
constexpr bool is_utf8_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

// The number of code points of well-formed UTF-8.
std::size_t utf8_length(std::string_view text);

// A well-formed text of at most `max_characters`: a longer one is cut at a space, with an ellipsis; "" where
// its first word has no room.
std::string truncate_at_word(std::string_view text, std::size_t max_characters);

// A text that is safe to print at a terminal: control characters but line feed and tab, bidirectional
// overrides (U+202A..U+202E, U+2066..U+2069) and ill-formed bytes become U+FFFD.
std::string sanitize_for_terminal(std::string_view text);

}  // namespace stubkeeper
