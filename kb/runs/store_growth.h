#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The size of the store and how fast it grows.
struct StoreGrowth {
  std::int64_t bytes = 0;  // of the file, without its log
  std::int64_t snapshots = 0;
  // In 30 days, learned from the sizes at the ends of the runs of the last 30 days; nothing where these are of less
  // than a week. Space that a prune gave back is no growth below zero.
  std::optional<std::int64_t> bytes_per_month;
};

Result<StoreGrowth> measure_growth(Store& store, Timestamp now);

}  // namespace stubkeeper::kb
