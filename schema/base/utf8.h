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

// Makes text safe to print at a terminal: control characters other than line feed and tab (so also ESC), and
// the bidirectional overrides U+202A..U+202E and U+2066..U+2069, become U+FFFD. Ill-formed bytes too.
std::string printable(std::string_view text);

}  // namespace stubkeeper
