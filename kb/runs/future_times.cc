#include "kb/runs/future_times.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

constexpr std::chrono::hours clock_tolerance{1};
// Servers' pauses and robots.txt files last a day at most (cron/plan.h, RFC 9309 §2.4).
constexpr std::chrono::hours max_pause{24};
// From a run so far ahead on, a visit that is due after it was put off by it.
constexpr std::chrono::hours far_ahead{48};

}  // namespace

Result<std::optional<FutureTimes>> find_future_times(Store& store, Timestamp now) {
  STUBKEEPER_ASSIGN(auto found,
                    store.database().query_one(
                        "SELECT (SELECT max(started_at) FROM run WHERE started_at > ?1), "
                        "(SELECT count(*) FROM source WHERE checked_at > ?1 AND state <> 'removed')",
                        {to_value(now + clock_tolerance)}, [](const Row& row) -> std::optional<FutureTimes> {
                          if (row.is_null(0)) return std::nullopt;
                          return FutureTimes{row.time(0), row.integer(1)};
                        }));
  return found ? *found : std::nullopt;
}

Result<std::optional<FutureTimes>> mend_future_times(Store& store, Timestamp now) {
  std::optional<FutureTimes> mended;
  STUBKEEPER_TRY(store.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(mended, find_future_times(store, now));
    if (!mended) return {};
    Database& database = store.database();
    STUBKEEPER_TRY(database.run(
        "UPDATE source SET due_at = min(due_at, ?1), checked_at = ?1, changed_at = min(changed_at, ?1), "
        "quiet_since = min(quiet_since, ?1), quiet_until = min(quiet_until, ?1), "
        "failing_since = min(failing_since, ?1), absent_at = min(absent_at, ?1) WHERE checked_at > ?2",
        {to_value(now), to_value(now + clock_tolerance)}));
    if (mended->run_started_at > now + far_ahead) {
      STUBKEEPER_TRY(database.run("UPDATE source SET due_at = ?1 WHERE due_at > ?2",
                                  {to_value(now), to_value(mended->run_started_at)}));
    }
    STUBKEEPER_TRY(database.run("UPDATE linked_address SET due_at = ?1 WHERE due_at > ?2",
                                {to_value(now), to_value(mended->run_started_at)}));
    STUBKEEPER_TRY(database.run("DELETE FROM host_pause WHERE until > ?1",
                                {to_value(now + max_pause + clock_tolerance)}));
    STUBKEEPER_TRY(
        database.run("DELETE FROM robots WHERE fetched_at > ?1", {to_value(now + clock_tolerance)}));
    if (mended->sources == 0) mended.reset();
    return {};
  }));
  return mended;
}

}  // namespace stubkeeper::kb
