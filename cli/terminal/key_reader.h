#pragma once

#include <functional>
#include <optional>

#include "cli/terminal/keyboard.h"

namespace stubkeeper::cli {

// One key out of a terminal's bytes: a UTF-8 character, or an arrow as "ESC [ A" or "ESC O A" (ECMA-48 §8.3,
// VT100). `next_byte` gives nothing at the end. `has_more_input` is asked after an ESC, which is a key by
// itself where nothing follows at once. Other control sequences are passed over.
Key read_key(const std::function<std::optional<char>()>& next_byte,
             const std::function<bool()>& has_more_input);

}  // namespace stubkeeper::cli
