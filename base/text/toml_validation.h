#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace stubkeeper {

// The offset of the first byte that TOML 1.0 forbids, or nothing: ill-formed UTF-8, control characters but
// tab and line ends, non-ASCII outside of strings and comments. toml++ 3.3 crashes on some of them.
std::optional<std::size_t> first_invalid_toml_byte(std::string_view text);

}  // namespace stubkeeper
