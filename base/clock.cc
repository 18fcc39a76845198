#include "base/clock.h"

#include <array>
#include <cstdio>

#include "base/text/ascii.h"
#include "base/text/strings.h"

namespace stubkeeper {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::milliseconds;
using std::chrono::year_month_day;

std::optional<std::chrono::sys_days> parse_date(std::string_view text) {
  const auto year = parse_digits(text, 0, 4);
  const auto month = parse_digits(text, 5, 2);
  const auto day = parse_digits(text, 8, 2);
  if (!year || !month || !day || text[4] != '-' || text[7] != '-') return std::nullopt;
  const year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                            std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date};
}

}  // namespace

std::string iso_date(Timestamp time) {
  const year_month_day date{floor<days>(time)};
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::string rfc3339(Timestamp time) {
  const auto seconds = floor<std::chrono::seconds>(time - floor<days>(time)).count();
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02dZ", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  return iso_date(time) + text.data();
}

std::optional<Timestamp> parse_rfc3339(std::string_view text) {
  if (text.size() < 10) return std::nullopt;
  const auto date = parse_date(text);
  if (!date) return std::nullopt;
  if (text.size() == 10) return Timestamp{*date};
  const auto hour = parse_digits(text, 11, 2);
  const auto minute = parse_digits(text, 14, 2);
  const auto second = parse_digits(text, 17, 2);
  if (!hour || !minute || !second || text.size() < 20 || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  if (text[10] != 'T' && text[10] != 't' && text[10] != ' ') return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  Timestamp time = Timestamp{*date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
                   std::chrono::seconds{*second};
  size_t position = 19;
  if (text[position] == '.') {
    size_t digit = position + 1;
    int scale = 100;
    for (; digit < text.size() && is_ascii_digit(text[digit]); ++digit, scale /= 10) {
      time += milliseconds{(text[digit] - '0') * scale};
    }
    if (digit == position + 1) return std::nullopt;
    position = digit;
  }
  const std::string_view zone = text.substr(position);
  if (zone == "Z" || zone == "z") return time;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return std::nullopt;
  const auto zone_hour = parse_digits(zone, 1, 2);
  const auto zone_minute = parse_digits(zone, 4, 2);
  if (!zone_hour || !zone_minute || *zone_hour > 23 || *zone_minute > 59) return std::nullopt;
  const auto offset = std::chrono::hours{*zone_hour} + std::chrono::minutes{*zone_minute};
  return zone[0] == '+' ? time - offset : time + offset;
}

Timestamp SystemClock::now() const {
  return floor<milliseconds>(std::chrono::system_clock::now());
}

}  // namespace stubkeeper
