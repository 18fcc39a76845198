#pragma once

#include <cstdint>

#include "base/clock.h"

namespace stubkeeper::crawler {

// How often a feed asks to be read: <ttl>, <skipHours> and <skipDays> (RSS 2.0), sy:updatePeriod
// with sy:updateFrequency (RSS 1.0's syndication module), which all formats borrow. All zeros where
// it does not.
struct RevisitHints {
  std::int64_t min_minutes = 0;   // between two fetches: the longest of those given
  std::uint32_t skipped_hours = 0;  // bit n: the hour n of the day (0 to 23) in GMT
  std::uint32_t skipped_days = 0;   // bit n: the day n of the week in GMT, 0 for Sunday

  bool operator==(const RevisitHints&) const = default;
};

// Before this time a feed that was read at `last` asks not to be read again: between `last` and a
// day later, whatever the feed asks for.
Timestamp earliest_visit(const RevisitHints& hints, Timestamp last);

}  // namespace stubkeeper::crawler
