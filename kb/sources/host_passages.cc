#include "kb/sources/host_passages.h"

#include <unordered_set>

#include "kb/store/database.h"

namespace stubkeeper::kb {

Status HostPassages::count(const DocumentRecord& document, const std::vector<Passage>& passages) {
  if (document.host.empty()) return {};
  Database& database = store_.database();
  std::unordered_set<std::string> counted;
  STUBKEEPER_TRY(database.run(
      "SELECT DISTINCT likeness_sha256 FROM document JOIN snapshot ON document_id = document.id JOIN passage "
      "ON snapshot_id = snapshot.id WHERE address = ?",
      {document.address}, [&](const Row& row) -> Status {
        counted.insert(row.text(0));
        return {};
      }));
  for (const Passage& passage : passages) {
    if (!counted.insert(passage.likeness_sha256).second) continue;
    STUBKEEPER_TRY(
        database.run("INSERT INTO host_passage (host, likeness_sha256, pages) VALUES (?, ?, 1) ON CONFLICT "
                     "(host, likeness_sha256) DO UPDATE SET pages = pages + 1",
                     {document.host, passage.likeness_sha256}));
  }
  return {};
}

Result<bool> HostPassages::repeats(const DocumentRecord& document, const std::string& likeness_sha256) {
  if (document.host.empty()) return false;
  Database& database = store_.database();
  std::int64_t pages = 0;
  STUBKEEPER_TRY(database.run("SELECT pages FROM host_passage WHERE host = ? AND likeness_sha256 = ?",
                              {document.host, likeness_sha256}, [&](const Row& row) -> Status {
                                pages = row.integer(0);
                                return {};
                              }));
  if (pages != least_other_pages) return pages > least_other_pages;
  // Whether this page is one of them decides.
  bool stood_here = false;
  STUBKEEPER_TRY(database.run(
      "SELECT 1 FROM document JOIN snapshot ON document_id = document.id JOIN passage ON snapshot_id = "
      "snapshot.id WHERE address = ? AND likeness_sha256 = ? LIMIT 1",
      {document.address, likeness_sha256}, [&](const Row&) -> Status {
        stood_here = true;
        return {};
      }));
  return !stood_here;
}

}  // namespace stubkeeper::kb
