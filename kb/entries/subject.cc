#include "kb/entries/subject.h"

#include "entries/edits/source_addresses.h"
#include "kb/entries/entry_store.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

Result<std::vector<std::string>> approved_citation_addresses(Store& store, Id entry_id) {
  return store.database().query(
      "SELECT DISTINCT document.address FROM proposal JOIN change ON proposal_id = proposal.id "
      "JOIN citation ON change_id = change.id JOIN snapshot ON snapshot.id = snapshot_id "
      "JOIN document ON document.id = document_id WHERE entry_id = ? AND change.state = 'approved'",
      {entry_id}, first_text);
}

}  // namespace

Result<entries::Subject> subject_of(Store& store, const Entry& entry, const entries::Document& document) {
  STUBKEEPER_ASSIGN(auto cited, approved_citation_addresses(store, entry.id));
  if (!cited.empty()) {
    EntryStore entries{store};
    STUBKEEPER_ASSIGN(const auto first, entries.revision_by_number(entry.id, 1));
    STUBKEEPER_ASSIGN(const std::string bytes, entries.bytes(first));
    std::erase_if(cited,
                  [&](const std::string& address) { return entries::text_contains_address(bytes, address); });
  }
  return entries::subject_of(store.conventions().publishers, entry.title, document, cited);
}

}  // namespace stubkeeper::kb
