#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What a run wrote while the machine's clock was ahead.
struct FutureTimes {
  Timestamp run_started_at;  // of the run farthest in the future
  std::int64_t sources = 0;  // whose visits were put off by it
};

// Runs that began more than an hour after `now`, and the sources that they visited or put off; nothing where
// there are none.
Result<std::optional<FutureTimes>> find_future_times(Store& store, Timestamp now);

// Makes what such runs put off due now: sources, links, pauses of hosts and stored robots.txt files. The runs
// and their fetches stay as they were recorded. Gives what was mended, nothing where that is nothing. One
// transaction.
Result<std::optional<FutureTimes>> mend_future_times(Store& store, Timestamp now);

}  // namespace stubkeeper::kb
