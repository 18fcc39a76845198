#include "kb/runs/store_growth.h"

#include <algorithm>
#include <cmath>

#include "kb/sources/prune.h"
#include "kb/sources/snapshots.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {

Result<StoreGrowth> measure_growth(Store& store, Timestamp now) {
  using days = std::chrono::duration<double, std::ratio<86'400>>;
  constexpr std::chrono::days month{30};
  constexpr std::chrono::days min_span{7};
  StoreGrowth growth;
  STUBKEEPER_ASSIGN(growth.bytes, store_bytes(store));
  STUBKEEPER_ASSIGN(growth.snapshots, Snapshots{store}.count());
  struct Size {
    Timestamp at;
    std::int64_t bytes = 0;
  };
  STUBKEEPER_ASSIGN(
      const auto sizes,
      store.database().query("SELECT ended_at, store_bytes FROM run WHERE store_bytes IS NOT NULL "
                             "AND ended_at > ? AND ended_at <= ? ORDER BY ended_at, id",
                             {to_value(now - month), to_value(now)}, [](const Row& row) {
                               return Size{row.time(0), row.integer(1)};
                             }));
  if (sizes.empty()) return growth;
  const auto span = sizes.back().at - sizes.front().at;
  if (span < min_span) return growth;
  std::int64_t grown = 0;
  for (std::size_t i = 1; i < sizes.size(); ++i)
    grown += std::max<std::int64_t>(0, sizes[i].bytes - sizes[i - 1].bytes);
  growth.bytes_per_month = std::llround(static_cast<double>(grown) * (days{month} / days{span}));
  return growth;
}

}  // namespace stubkeeper::kb
