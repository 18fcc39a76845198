#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// What is known of a point in time while its text is being read: from the year on, each part only with the
// one before it.
struct PartialDateTime {
  std::optional<int> year;
  std::optional<int> month;
  std::optional<int> day;
  std::optional<int> hour;
  int minute = 0;
  int second = 0;
  std::optional<int> offset_minutes;  // east of UTC; a time of day without it is not told
};

// The moment as parse_date() gives it; "" where the year is missing or a part is out of its range (30
// February).
std::string to_rfc3339(const PartialDateTime& date_time);

// A year of two digits after RFC 2822 §4.3: 00 to 49 are in this century.
int expand_two_digit_year(int two_digits);

// The month (1 to 12) that a word names, in English, German, French, Spanish, Italian, Portuguese or Dutch,
// whole or shortened to three letters or more. `word` is lower case without its full stop.
std::optional<int> parse_month_name(std::string_view word);

// Minutes east of UTC that a zone's name stands for; nothing for one that is unknown or stands for several.
std::optional<int> parse_zone_name(std::string_view word);

// Zones that are named without saying which offset is meant: "ET" (summer or winter), "IST" (India, Israel,
// Ireland).
bool is_ambiguous_zone(std::string_view word);

// Words that stand in a date without telling anything: weekdays, "at", "the", "posted".
bool is_date_filler(std::string_view word);

}  // namespace stubkeeper::crawler
