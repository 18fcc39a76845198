#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "entries/checks/checker.h"

namespace stubkeeper::entries {

// The newest day in a text that stands behind "Last Reviewed:", as YYYY-MM-DD; nothing where none does. Case
// does not count.
std::optional<std::string> find_review_date(std::string_view text);

// Reports a part that was reviewed more than `cadence` days ago.
void report_stale_part(Checker& checker, std::string_view id, std::size_t line, const std::string& part,
                       const std::string& reviewed, std::size_t cadence);

}  // namespace stubkeeper::entries
