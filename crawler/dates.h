#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// A date as people and programs write it, as RFC 3339 or the part of it that is known; "" where the
// text is none.
//
// Read are RFC 3339 and ISO 8601 ("2026", "2026-05", "20260507T0930Z", "2026/05/07"), RFC 9110 and asctime,
// RFC 822 with its usual mistakes (a wrong weekday, "EST", "Sept", two-digit years after RFC 2822 §4.3, no
// seconds), and prose in English, German, French and Spanish, with the months of Italian, Portuguese and
// Dutch ("May 7, 2026 at 9:30 am", "7. Mai 2026", "1er mai 2026", "7 de mayo de 2026").
//
// The time of day keeps the offset that it was written with, so that the day is the publisher's own.
//
// What is not said is not made up: a time without a known zone leaves the day alone ("2026-05-07"), and
// "05/07/2026", which is two different days on the two sides of the Atlantic, only its year. Unix seconds,
// relative dates and years outside 1000–2999 are no dates. Words that no date has make the text none;
// find_date() looks inside longer text.
std::string parse_date(std::string_view text);

// The first date with at least a month that stands in a text among other words ("Published: 7 May 2026 | 5
// min read"), as parse_date() gives it; "" where there is none. Looks at the first 2,000 bytes.
std::string find_date(std::string_view text);

}  // namespace stubkeeper::crawler
