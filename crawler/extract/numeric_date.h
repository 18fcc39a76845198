#pragma once

#include <optional>
#include <string_view>

#include "crawler/extract/partial_date_time.h"

namespace stubkeeper::crawler {

// A date written in numbers alone, all of `text`: ISO 8601 with '-', '/' or '.' or none between its parts,
// RFC 3339, and day, month, year in the order of the dot ("7.5.2026") or in the one order that is possible
// ("25/12/2026"). Nothing where it is another form.
std::optional<PartialDateTime> parse_numeric_date(std::string_view text);

}  // namespace stubkeeper::crawler
