#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper {

// The words and numbers of dates, shared by the grammars of base/text/dates.h. Words are folded by
// fold_case() (base/text/words.h), without their full stop.

// A point in time while its text is read: each part only with the one before it.
struct PartialDateTime {
  std::optional<int> year;
  std::optional<int> month;
  std::optional<int> day;
  std::optional<int> hour;
  int minute = 0;
  int second = 0;
  std::optional<int> offset_minutes;  // east of UTC; without it the time of day is unknown
};

// As parse_date() gives it; "" where the year is missing or a part is out of its range (30 February).
std::string to_rfc3339(const PartialDateTime& date_time);

// "05", "12".
std::string format_two_digits(int number);

// A date in numbers alone, all of `text`: ISO 8601 with '-', '/', '.' or nothing between its parts, RFC 3339,
// and day, month, year as number_order() has them. Nothing for another form.
std::optional<PartialDateTime> parse_numeric_date(std::string_view text);

// Which of the two numbers before a year is the day: by the dot ("7.5.2026") or by their values ("25/12/2026").
enum class NumberOrder { day_first, month_first, either, neither };
NumberOrder number_order(int first, int second, char separator);

// A year of two digits after RFC 2822 §4.3: 00 to 49 are in this century.
int expand_two_digit_year(int two_digits);

// The date that a text begins with in the way of China, Japan and Korea: "2025年3月4日", "２０２５年３月",
// "令和7年3月4日", "2025년 3월 4일". At least a month; what follows is of no matter. `bytes`: how long it is.
struct EastAsianDate {
  PartialDateTime date;
  std::size_t bytes = 0;
};
std::optional<EastAsianDate> read_east_asian_date(std::string_view text);

// The month, 1 to 12, of an English name, whole or as three letters or "sept"; 0 for another word.
int parse_english_month(std::string_view word);

// The month of a name in English, German, French, Spanish, Italian, Portuguese or Dutch, whole or shortened to
// three to five letters; in other languages of Europe and in Turkish and Indonesian as a date names it.
std::optional<int> parse_month_name(std::string_view word);

// Minutes east of UTC of a zone's name; nothing for an unknown or ambiguous one.
std::optional<int> parse_zone_name(std::string_view word);

// Zones without one offset: "ET" (summer or winter), "IST" (India, Israel, Ireland).
bool is_ambiguous_zone(std::string_view word);

// Words in a date without a meaning for it: weekdays, "at", "the", "posted".
bool is_date_filler(std::string_view word);

}  // namespace stubkeeper
