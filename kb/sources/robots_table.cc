#include "kb/sources/robots_table.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {

Result<std::optional<StoredRobots>> RobotsTable::find(const std::string& origin) {
  std::optional<StoredRobots> found;
  STUBKEEPER_TRY(store_.database().run(
      "SELECT fetched_at, http_status, body, unreachable_since FROM robots WHERE origin = ?", {origin},
      [&](const Row& row) -> Status {
        found =
            StoredRobots{row.time(0), static_cast<int>(row.integer(1)), row.text(2), row.optional_time(3)};
        return {};
      }));
  return found;
}

Status RobotsTable::keep(const std::string& origin, const StoredRobots& robots) {
  return store_.database().run(
      "INSERT INTO robots (origin, fetched_at, http_status, body, unreachable_since) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT (origin) DO UPDATE SET fetched_at = excluded.fetched_at, http_status = "
      "excluded.http_status, body = excluded.body, unreachable_since = excluded.unreachable_since",
      {origin, to_value(robots.fetched_at), std::int64_t{robots.http_status}, Blob{robots.body},
       to_value(robots.unreachable_since)});
}

}  // namespace stubkeeper::kb
