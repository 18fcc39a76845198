#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// Words and zones of dates after the Common Locale Data Repository and the time zone database, by ICU.

// A date with the months of some forty languages in English ("19 июн 2025", "19 6月 2025" as "19 June 2025")
// and without their weekdays. A name that is of different months in two languages ("lis") stays, and so does
// one that parse_date() knows.
std::string translate_calendar_words(std::string_view date);

// The offset of a place's zone ("America/Los_Angeles") at its local time, which is `local_time` without its
// "Z": "-07:00". Nothing for an unknown place, or where `local_time` has no time of day.
std::optional<std::string> find_zone_offset(const std::string& place, std::string_view local_time);

}  // namespace stubkeeper::crawler
