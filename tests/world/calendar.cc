#include "tests/world/calendar.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace stubkeeper::world {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

std::string_view month_name(const year_month_day& date) {
  return months[static_cast<unsigned>(date.month()) - 1];
}

}  // namespace

sys_days date_of(int day) {
  return first_date + days{day};
}

std::string iso_date(int day) {
  const year_month_day date{date_of(day)};
  return fmt::format("{}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::string written_date(int day) {
  const year_month_day date{date_of(day)};
  return fmt::format("{} {} {}", static_cast<unsigned>(date.day()), month_name(date),
                     static_cast<int>(date.year()));
}

std::string mail_date(int day) {
  const year_month_day date{date_of(day)};
  return fmt::format("{}, {:02} {} {} 06:00:00 +0000", weekdays[weekday{date_of(day)}.c_encoding()],
                     static_cast<unsigned>(date.day()), month_name(date).substr(0, 3),
                     static_cast<int>(date.year()));
}

bool is_weekend(int day) {
  const unsigned weekday = std::chrono::weekday{date_of(day)}.c_encoding();
  return weekday == 0 || weekday == 6;
}

}  // namespace stubkeeper::world
