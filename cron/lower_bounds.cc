#include "cron/lower_bounds.h"

#include <algorithm>

#include "crawler/revisit_hints.h"

namespace stubkeeper::cron {

Timestamp no_earlier_than_asked(Timestamp wanted, std::chrono::seconds fresh_for, const kb::VisitHints& hints,
                                Timestamp now) {
  const Timestamp latest = std::max<Timestamp>(wanted, now + std::chrono::days{1});
  const Timestamp allowed =
      crawler::earliest_visit({hints.least_minutes, hints.skipped_hours, hints.skipped_days}, now);
  const Timestamp moment = std::max({wanted, std::min<Timestamp>(now + fresh_for, latest), allowed});
  return std::min(crawler::earliest_visit({0, hints.skipped_hours, hints.skipped_days}, moment), latest);
}

bool is_left_out(const kb::VisitHints& hints, Timestamp due, Timestamp now) {
  return now < due + std::chrono::days{1} &&
         crawler::earliest_visit({0, hints.skipped_hours, hints.skipped_days}, now) != now;
}

}  // namespace stubkeeper::cron
