#pragma once

#include <cstdint>
#include <vector>

#include "crawler/revisit/fetch_price.h"
#include "crawler/revisit/weekly_pattern.h"

namespace stubkeeper::crawler {

// Why a source is looked at again when it is.
enum class VisitReason {
  worth_its_price,   // V reaches the price of a fetch then
  after_usual_hour,  // as before, moved to where a feed's usual hours have most of it waiting
  min_interval,    // it would be worth it earlier, but may not be asked
  max_interval,  // it would be worth it later or never, but nothing starves
};

struct NextVisit {
  double days = 0;  // from this visit on
  VisitReason reason = VisitReason::worth_its_price;
};

// When to look at a page again, after a visit now: when V reaches the price, within the bounds. Varied by up
// to a twentieth either way, always the same for the same `source_id`, so that sources that were added
// together do not come due together.
NextVisit next_page_visit(const VisitValue& value, const VisitBounds& bounds, const FetchPrice& price,
                          std::uint64_t source_id);

// The same for a feed of `weighted_rate` (weight × items a day), whose items come at the hours of `rhythm`:
// of all sequences of visits over the next days, the first visit of the one for which waiting items and the
// price of the visits come to the least (shortest path over steps of 5 minutes to an hour, as Eckstein, Gal
// and Reiner, "Monitoring an information source under a politeness constraint", INFORMS J. Computing 20(1),
// 2008, for a fixed number of visits). Where a visit pays less often than every three and a half days, hours
// are not looked at.
NextVisit next_feed_visit(double weighted_rate, const WeeklyPattern::RelativeRates& weekly_pattern, Timestamp now,
                          const VisitBounds& bounds, const FetchPrice& price, std::uint64_t source_id);

// How pressing a visit is `days` after the last: 1 where it is due by its value or its longest interval, 2
// where it has come to twice that. What is over budget is chosen by it, the most pressing first: it grows
// without end, so that no source waits for good.
double urgency(const VisitValue& value, const VisitBounds& bounds, const FetchPrice& price, double days);

}  // namespace stubkeeper::crawler
