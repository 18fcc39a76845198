#pragma once

#include <cstdint>
#include <vector>

#include "crawler/revisit/fetch_price.h"
#include "crawler/revisit/weekly_pattern.h"

namespace stubkeeper::crawler {

// The reason for the time of a visit.
enum class VisitReason {
  worth_its_price,   // V reaches the price of a fetch then
  after_usual_hour,  // the same, moved to when most items of a feed's usual hours are waiting
  min_interval,      // it would be worth it earlier
  max_interval,      // it would be worth it later or never
};

struct NextVisit {
  double days = 0;  // from this visit on
  VisitReason reason = VisitReason::worth_its_price;
};

// The next visit to a page: when V reaches the price, within the bounds. It varies by up to a
// twentieth either way, always the same for a `source_id`, so that sources that were added together
// are not due together.
NextVisit next_page_visit(const VisitValue& value, const VisitBounds& bounds, const FetchPrice& price,
                          std::uint64_t source_id);

// The same for a feed of `weighted_rate` (weight × items a day) with items at the hours of
// `weekly_pattern`: of all sequences of visits over the next days, the first visit of the one with
// the least cost of waiting items and visits (shortest path over steps of 5 minutes to an hour, as
// Eckstein, Gal and Reiner, "Monitoring an information source under a politeness constraint",
// INFORMS J. Computing 20(1), 2008, for a fixed number of visits). Hours are ignored where a visit
// pays less often than every three and a half days.
NextVisit next_feed_visit(double weighted_rate, const WeeklyPattern::RelativeRates& weekly_pattern, Timestamp now,
                          const VisitBounds& bounds, const FetchPrice& price, std::uint64_t source_id);

// The urgency of a visit `days` after the last one: 1 where it is due by its value or its longest
// interval, 2 at twice that. Over budget, the most urgent go first; urgency grows without end, so
// that no source waits for ever.
double urgency(const VisitValue& value, const VisitBounds& bounds, const FetchPrice& price, double days);

}  // namespace stubkeeper::crawler
