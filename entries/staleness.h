#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "entries/front_matter.h"

namespace stubkeeper::entries {

// Days that an entry or section is past its review date on a day (YYYY-MM-DD): today - (last_reviewed +
// stale_after_days), with 180 where the front matter names no number; negative while it is current. Nothing
// where last_reviewed is missing or no date.
std::optional<std::int64_t> days_overdue(const FrontMatter& front_matter, std::string_view today);

}  // namespace stubkeeper::entries
