#include "kb/sources/latest_snapshot.h"

#include "kb/sources/snapshots.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {

Result<std::optional<Snapshot>> find_latest_snapshot(Store& store, Id source_id,
                                                     const std::string& identity) {
  STUBKEEPER_ASSIGN(const auto document,
                    store.database().query_one("SELECT id FROM document WHERE source_id = ? AND identity = ?",
                                               {source_id, identity}, first_integer));
  if (!document) return std::optional<Snapshot>{};
  return Snapshots{store}.latest(*document);
}

}  // namespace stubkeeper::kb
