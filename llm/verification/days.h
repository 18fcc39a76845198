#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace stubkeeper::llm {

// Days from a date to a day. Each is "YYYY", "YYYY-MM" or begins with "YYYY-MM-DD"; what is not known of it
// is taken as late as it can be. Nothing where one is no date.
std::optional<std::int64_t> day_difference(std::string_view date, std::string_view day);

}  // namespace stubkeeper::llm
