#include "kb/sources/host_boilerplate.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {

Result<HostBoilerplate::Hashes*> HostBoilerplate::passages_of(const std::string& address) {
  const auto [known, is_first] = passages_by_address_.try_emplace(address);
  if (is_first) {
    STUBKEEPER_ASSIGN(const auto stored,
                      store_.database().query("SELECT DISTINCT likeness_sha256 FROM document "
                                              "JOIN snapshot ON document_id = document.id "
                                              "JOIN passage ON snapshot_id = snapshot.id WHERE address = ?1 "
                                              "UNION SELECT likeness_sha256 FROM document "
                                              "JOIN pruned_passage ON document_id = document.id "
                                              "WHERE address = ?1",
                                              {address}, first_text));
    known->second.insert(stored.begin(), stored.end());
  }
  return &known->second;
}

Status HostBoilerplate::count(const DocumentRecord& document, const std::vector<Passage>& passages) {
  if (document.host.empty()) return {};
  Database& database = store_.database();
  STUBKEEPER_ASSIGN(Hashes* const counted, passages_of(document.address));
  for (const Passage& passage : passages) {
    if (!counted->insert(passage.normalized_sha256).second) continue;
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
  STUBKEEPER_ASSIGN(const Hashes* const on_this_page, passages_of(document.address));
  return !on_this_page->contains(normalized_sha256);
}

}  // namespace stubkeeper::kb
