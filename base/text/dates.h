#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper {

// Dates in texts, as RFC 3339 or the part of it that is known ("2026", "2026-05", "2026-05-07").
//
// Two grammars share the calendar's words and the order of numbers (base/text/calendar_words.h). Pages and
// feeds: the text is a date with its time of day, by any program, in many languages, and an ambiguous one is
// as good as none. Claims: running English, where "may" is a verb and "05/07/2026" has both its meanings.

constexpr std::size_t iso_day_bytes = 10;  // "2026-05-07"

// --- Texts that are a date (pages, feeds, front matter)

// The date and time that the whole text is, or "": RFC 3339 and ISO 8601 ("2026", "2026-05", "20260507T0930Z",
// "2026/05/07"), RFC 9110 and asctime, RFC 822 with its usual mistakes (a wrong weekday, "EST", "Sept", years
// of two digits after RFC 2822 §4.3, no seconds), prose in English, German, French and Spanish, with the months
// of Italian, Portuguese and Dutch ("May 7, 2026 at 9:30 am", "7. Mai 2026", "1er mai 2026").
// A time of day keeps its offset, so that the day is the publisher's own; without a known zone it is left out.
// Of "05/07/2026" only the year is known. Unix seconds, relative dates and years outside 1000-2999 are none.
std::string parse_date(std::string_view text);

// The first date with at least a month among other words ("Published: 7 May 2026 | 5 min read"), as
// parse_date() gives it, or "". Reads the first 2,000 bytes.
std::string find_date(std::string_view text);

// --- Dates in running text (claims)

struct DateMention {
  // Also a quarter or half of a year, "2026-Q2" or "2026-H1", and a day of an unknown year, "--05-07" (XML
  // Schema's gMonthDay).
  std::string date;
  std::string alternative_date;  // of "05/07/2026", which is May 7 or 5 July; else ""
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The dates of a text, in order: ISO dates, "May 7, 2026", "7th of May 2026", "Sept. 2026", "2026/05/07",
// "07.05.2026", "05/07/2026", "Q2 2026", "the first half of 2026", "on 7 May".
std::vector<DateMention> find_dates(std::string_view text);

// Those with a year and a month, as "2026-05" or "2026-05-07".
std::vector<std::string> find_calendar_dates(std::string_view text);

// Numbers that are probably years, 1900 to 2099.
std::vector<std::string> find_years(std::string_view text);

// Whether known dates (of find_dates, find_years or a document) state a date as precisely: "2026-05" is stated
// by "2026-05-07", "2026-Q2" by "2026-05". A day without a year is one of the known years.
bool is_date_stated(std::string_view date, const std::vector<std::string>& known);

// --- Known dates

// The "2026", "2026-05" or "2026-05-07" that a text begins with, by its form alone; "" where it begins otherwise.
std::string_view iso_date_prefix(std::string_view text);

// Whether a text is "2026", "2026-05" or "2026-05-07" and the calendar has it.
bool is_iso_date(std::string_view text);

// Whether a date is after another as far as both are known: "2026" is not later than "2026-03".
bool is_later_date(std::string_view date, std::string_view other);

// Days from a date to another, each "YYYY", "YYYY-MM" or beginning with "YYYY-MM-DD". A part that is unknown is
// as late as it can be. Nothing where one is no date.
std::optional<std::int64_t> day_difference(std::string_view from, std::string_view to);

}  // namespace stubkeeper
