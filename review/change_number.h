#pragma once

#include <optional>
#include <string_view>

#include "kb/store/id.h"

namespace stubkeeper::review {

// The number of a change as a person gives it: "49", or "change 49" as it stands on the screens. Nothing for
// anything else.
std::optional<kb::Id> parse_change_number(std::string_view word);

}  // namespace stubkeeper::review
