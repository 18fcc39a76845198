#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// A date as people and programs write it (RFC 3339, RFC 9110, RFC 822 with its mistakes, ISO 8601, "7 May
// 2026", "May 7, 2026", "2026/05/07", Unix seconds are not) as RFC 3339 or the part of it that is known; ""
// where there is none. Offsets are kept as UTC.
std::string parse_date(std::string_view text);

}  // namespace stubkeeper::crawler
