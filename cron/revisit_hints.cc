#include "cron/revisit_hints.h"

#include <algorithm>

#include "crawler/revisit_hints.h"

namespace stubkeeper::cron {

Timestamp apply_revisit_hints(Timestamp wanted, std::chrono::seconds remaining_freshness, const kb::VisitHints& hints,
                                Timestamp now) {
  const Timestamp latest = std::max<Timestamp>(wanted, now + std::chrono::days{1});
  const Timestamp allowed =
      crawler::earliest_visit({hints.min_minutes, hints.skipped_hours, hints.skipped_days}, now);
  const Timestamp earliest = std::max({wanted, std::min<Timestamp>(now + remaining_freshness, latest), allowed});
  return std::min(crawler::earliest_visit({0, hints.skipped_hours, hints.skipped_days}, earliest), latest);
}

bool is_skipped_now(const kb::VisitHints& hints, Timestamp due, Timestamp now) {
  return now < due + std::chrono::days{1} &&
         crawler::earliest_visit({0, hints.skipped_hours, hints.skipped_days}, now) != now;
}

}  // namespace stubkeeper::cron
