#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace stubkeeper {

// The offset of the first byte that no TOML 1.0 document holds there, or nothing: ill-formed UTF-8, control
// characters but tab and line ends, characters beyond ASCII outside of strings and comments. toml++ 3.3 does
// not survive all of them, so texts from outside are looked at before it sees them.
std::optional<std::size_t> first_invalid_toml_byte(std::string_view text);

}  // namespace stubkeeper
