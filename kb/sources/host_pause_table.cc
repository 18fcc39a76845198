#include "kb/sources/host_pause_table.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {

Result<std::optional<StoredHostPause>> HostPauseTable::find(const std::string& host) {
  std::optional<StoredHostPause> found;
  STUBKEEPER_TRY(store_.database().run("SELECT until, reason FROM host_pause WHERE host = ?", {host},
                                       [&](const Row& row) -> Status {
                                         found = StoredHostPause{row.time(0), row.text(1)};
                                         return {};
                                       }));
  return found;
}

Status HostPauseTable::keep(const std::string& host, const StoredHostPause& pause) {
  return store_.database().run(
      "INSERT INTO host_pause (host, until, reason) VALUES (?, ?, ?) ON CONFLICT (host) DO UPDATE SET until "
      "= "
      "excluded.until, reason = excluded.reason",
      {host, to_value(pause.until), pause.reason});
}

}  // namespace stubkeeper::kb
