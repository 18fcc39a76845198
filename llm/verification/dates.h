#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::llm {

// A date as it stands in a text.
struct DateMention {
  // "2026-05" or "2026-05-07"; a quarter or half of a year as "2026-Q2" or "2026-H1"; a day whose year is not
  // said as "--05-07" (as XML Schema's gMonthDay).
  std::string date;
  std::string alternative_date;  // of "05/07/2026", which is May 7 or 5 July; else ""
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The dates of a text, in order: ISO dates, "May 7, 2026", "7th of May 2026", "Sept. 2026", "2026/05/07",
// "07.05.2026", "05/07/2026", "Q2 2026", "the first half of 2026", "on 7 May".
std::vector<DateMention> find_dates(std::string_view text);

// Those that say a year and a month, as "2026-05" or "2026-05-07".
std::vector<std::string> find_calendar_dates(std::string_view text);

// Numbers that a reader takes for years, 1900 to 2099, as they stand.
std::vector<std::string> find_years(std::string_view text);

// The month that a word names, 1..12, or 0: "May", "sept".
int parse_month(std::string_view word);

// Whether dates that are known (as find_dates and find_years give them, or a document's) state a date to the
// precision that it has: "2026-05" is stated by "2026-05-07", "2026-Q2" by "2026-05". A day without a year
// is one of the years that are known.
bool is_date_stated(std::string_view date, const std::vector<std::string>& known);

}  // namespace stubkeeper::llm
