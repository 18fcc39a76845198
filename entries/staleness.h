#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "entries/front_matter.h"

namespace stubkeeper::entries {

// Days from one day to another, both YYYY-MM-DD; nothing where one is no date.
std::optional<std::int64_t> days_between(std::string_view from, std::string_view to);

// Days that a page is past its review date on the day `today` (YYYY-MM-DD): today - (last_reviewed +
// stale_after_days, or 180); negative before it. Nothing where last_reviewed is missing or no date.
std::optional<std::int64_t> days_overdue(const FrontMatter& front_matter, std::string_view today);

// The newest day after "Last Reviewed:" in a text, as YYYY-MM-DD, or nothing. Case does not count.
std::optional<std::string> find_review_date(std::string_view text);

}  // namespace stubkeeper::entries
