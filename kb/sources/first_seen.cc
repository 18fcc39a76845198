#include "kb/sources/first_seen.h"

#include "kb/sources/snapshots.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {

Result<FirstSeen> find_first_seen(Store& store, const Snapshot& snapshot, std::string_view words) {
  std::vector<Id> earlier;
  STUBKEEPER_TRY(
      store.database().run("SELECT id FROM snapshot WHERE document_id = ? AND id < ? ORDER BY id DESC",
                           {snapshot.document_id, snapshot.id}, [&](const Row& row) -> Status {
                             earlier.push_back(row.integer(0));
                             return {};
                           }));
  Snapshots snapshots{store};
  FirstSeen first{snapshot.fetched_at, false};
  for (const Id id : earlier) {
    STUBKEEPER_ASSIGN(const auto before, snapshots.get(id));
    STUBKEEPER_ASSIGN(const std::string text, snapshots.text(before));
    if (text.find(words) == std::string::npos) {
      first.was_absent_before = true;
      break;
    }
    first.at = before.fetched_at;
  }
  return first;
}

}  // namespace stubkeeper::kb
