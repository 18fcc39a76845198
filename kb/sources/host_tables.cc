#include "kb/sources/host_tables.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {

Result<std::optional<StoredRobots>> RobotsTable::find(const std::string& origin) {
  return store_.database().query_one(
      "SELECT fetched_at, http_status, body, unreachable_since FROM robots WHERE origin = ?", {origin},
      [](const Row& row) {
        return StoredRobots{row.time(0), static_cast<int>(row.integer(1)), row.text(2), row.optional_time(3)};
      });
}

Status RobotsTable::keep(const std::string& origin, const StoredRobots& robots) {
  return store_.database().run(
      "INSERT INTO robots (origin, fetched_at, http_status, body, unreachable_since) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT (origin) DO UPDATE SET fetched_at = excluded.fetched_at, "
      "http_status = excluded.http_status, body = excluded.body, "
      "unreachable_since = excluded.unreachable_since",
      {origin, to_value(robots.fetched_at), std::int64_t{robots.http_status}, Blob{robots.body},
       to_value(robots.unreachable_since)});
}

Result<std::optional<StoredHostPause>> HostPauseTable::find(const std::string& host) {
  return store_.database().query_one("SELECT until, reason FROM host_pause WHERE host = ?", {host},
                                     [](const Row& row) {
                                       return StoredHostPause{row.time(0), row.text(1)};
                                     });
}

Status HostPauseTable::keep(const std::string& host, const StoredHostPause& pause) {
  return store_.database().run(
      "INSERT INTO host_pause (host, until, reason) VALUES (?, ?, ?) "
      "ON CONFLICT (host) DO UPDATE SET until = excluded.until, reason = excluded.reason",
      {host, to_value(pause.until), pause.reason});
}

}  // namespace stubkeeper::kb
