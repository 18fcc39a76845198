#pragma once

#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What was decided in the seven days from a moment on; what was taken back counts as decided, and as undone.
struct WeeklyDecisions {
  Timestamp begin;
  int approved = 0;
  int edited = 0;
  int rejected = 0;
  int undone = 0;
  int by_policy = 0;  // of those approved
};

// The `weeks` weeks that end with the one of `now`, the earliest first. Weeks begin on Mondays, in UTC.
Result<std::vector<WeeklyDecisions>> decisions_by_week(Store& store, Timestamp now, int weeks);

// A revision of an entry that is neither a section page nor removed, with when it became the current one.
struct RevisionTime {
  Id revision_id = 0;
  Id entry_id = 0;
  Timestamp created_at;
};

// All of them, by entry and time.
Result<std::vector<RevisionTime>> revision_times(Store& store);

}  // namespace stubkeeper::kb
