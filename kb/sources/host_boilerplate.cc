#include "kb/sources/host_boilerplate.h"

#include <unordered_set>

#include "kb/store/database.h"

namespace stubkeeper::kb {

Status HostBoilerplate::count(const DocumentRecord& document, const std::vector<Passage>& passages) {
  if (document.host.empty()) return {};
  Database& database = store_.database();
  STUBKEEPER_ASSIGN(const auto known,
                    database.query("SELECT DISTINCT likeness_sha256 FROM document "
                                   "JOIN snapshot ON document_id = document.id "
                                   "JOIN passage ON snapshot_id = snapshot.id WHERE address = ?1 "
                                   "UNION SELECT likeness_sha256 FROM document "
                                   "JOIN pruned_passage ON document_id = document.id WHERE address = ?1",
                                   {document.address}, first_text));
  std::unordered_set<std::string> counted{known.begin(), known.end()};
  for (const Passage& passage : passages) {
    if (!counted.insert(passage.normalized_sha256).second) continue;
    STUBKEEPER_TRY(
        database.run("INSERT INTO host_passage (host, likeness_sha256, pages) VALUES (?, ?, 1) "
                     "ON CONFLICT (host, likeness_sha256) DO UPDATE SET pages = pages + 1",
                     {document.host, passage.normalized_sha256}));
  }
  return {};
}

Result<bool> HostBoilerplate::is_boilerplate(const DocumentRecord& document,
                                             const std::string& normalized_sha256) {
  if (document.host.empty()) return false;
  Database& database = store_.database();
  STUBKEEPER_ASSIGN(
      const std::int64_t pages,
      database.query_number("SELECT pages FROM host_passage WHERE host = ? AND likeness_sha256 = ?",
                            {document.host, normalized_sha256}));
  if (pages != min_other_pages) return pages > min_other_pages;
  // Whether this page is one of them decides.
  STUBKEEPER_ASSIGN(const bool is_on_this_page,
                    database.has_rows("SELECT 1 FROM document JOIN snapshot ON document_id = document.id "
                                      "JOIN passage ON snapshot_id = snapshot.id "
                                      "WHERE address = ?1 AND likeness_sha256 = ?2 "
                                      "UNION ALL SELECT 1 FROM document "
                                      "JOIN pruned_passage ON document_id = document.id "
                                      "WHERE address = ?1 AND likeness_sha256 = ?2 LIMIT 1",
                                      {document.address, normalized_sha256}));
  return !is_on_this_page;
}

}  // namespace stubkeeper::kb
