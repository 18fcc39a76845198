#pragma once

#include <vector>

#include "base/clock.h"
#include "kb/store/id.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The decisions of seven days; an undone one counts as decided and as undone.
struct WeeklyDecisions {
  Timestamp begin;
  int approved = 0;
  int edited = 0;
  int rejected = 0;
  int undone = 0;
  int by_policy = 0;  // of those approved
};

// The last `weeks` weeks, that of `now` included, earliest first. Weeks begin on Mondays, in UTC.
Result<std::vector<WeeklyDecisions>> decisions_by_week(Store& store, Timestamp now, int weeks);

// The time of a revision of a published entry that is no section page.
struct RevisionTime {
  Id revision_id = 0;
  Id entry_id = 0;
  Timestamp created_at;
};

// All of them, by entry and time.
Result<std::vector<RevisionTime>> revision_times(Store& store);

}  // namespace stubkeeper::kb
