#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "kb/store/store.h"

namespace stubkeeper::cli {

// How fresh the published entries were on a day. due: within 30 days of its review date; stale: past it;
// undated: without last_reviewed.
struct Freshness {
  Timestamp day;
  int current = 0;
  int due = 0;
  int stale = 0;
  int undated = 0;
};

// On the last `weeks` weekdays of `now`, the earliest first and `now` last, by the revisions that were
// current then. An entry counts from its first revision on; one that is removed by now does not count.
Result<std::vector<Freshness>> freshness_by_week(kb::Store& store, Timestamp now, int weeks);

}  // namespace stubkeeper::cli
