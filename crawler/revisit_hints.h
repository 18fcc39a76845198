#pragma once

#include <cstdint>

#include "base/clock.h"

namespace stubkeeper::crawler {

// What a feed says of how often it may be looked at: <ttl>, <skipHours> and <skipDays> of RSS 2.0
// (rssboard.org), and sy:updatePeriod with sy:updateFrequency (RSS 1.0's syndication module), which all
// formats borrow. Nothing said is all zeros.
struct RevisitHints {
  std::int64_t min_minutes = 0;   // between two looks: the longest of those that are said
  std::uint32_t skipped_hours = 0;  // bit n: the hour n of the day (0 to 23) in GMT
  std::uint32_t skipped_days = 0;   // bit n: the day n of the week in GMT, 0 for Sunday

  bool operator==(const RevisitHints&) const = default;
};

// Before which moment a feed that was read at `last` asks not to be read again. Never before `last`, and
// never more than a day after it, whatever the feed says.
Timestamp earliest_visit(const RevisitHints& hints, Timestamp last);

}  // namespace stubkeeper::crawler
