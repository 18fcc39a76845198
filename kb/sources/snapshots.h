#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/records.h"
#include "kb/store/bodies.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What a page is called for people: its title when it was fetched, else its address.
inline const std::string& name_of(const Snapshot& snapshot, const DocumentRecord& document) {
  return snapshot.title.empty() ? document.address : snapshot.title;
}

// A snapshot that is to be stored: everything but ids and hashes.
struct NewSnapshot {
  Snapshot metadata;                 // id, document_id, body_sha256 and text_sha256 are filled in by add()
  std::string_view body;          // as fetched
  std::string_view text;          // as extracted
  std::vector<Passage> passages;  // id and snapshot_id are filled in by add()
};

// Documents and their snapshots, immutable once stored. Borrows the store.
class Snapshots {
 public:
  explicit Snapshots(Store& store) : store_(store) {}

  // Finds or makes. `host` is that of the address, "" where it has none.
  Result<DocumentRecord> document(Id source_id, const std::string& identity, const std::string& address,
                                  const std::string& host = "");
  Result<std::vector<DocumentRecord>> documents_of(Id source_id);
  Result<DocumentRecord> get_document(Id document_id);
  Result<std::optional<Snapshot>> latest(Id document_id);
  Result<Snapshot> get(Id snapshot_id);
  Result<std::string> text(const Snapshot& snapshot);
  // The page of a PDF, from 1, that a byte of a snapshot's text stands on; 0 where the document has no pages.
  Result<std::size_t> page_of(const Snapshot& snapshot, std::size_t byte);
  // Whether its source was never read before it, or listed it when it was read for the first time: what it
  // says need not be news. A new item of a feed that was read before is news.
  Result<bool> is_first_read(const Snapshot& snapshot);
  Result<std::vector<Passage>> passages(Id snapshot_id);
  Result<Passage> passage(Id passage_id);
  // The hashes of all passages of a document's latest snapshot, or of all its snapshots (`ever`).
  Result<std::vector<std::string>> passage_hashes(Id document_id, bool all_snapshots);
  // Stores a snapshot with its passages; gives its id; `passages` of the argument are given their ids.
  Result<Id> add(Id document_id, NewSnapshot& snapshot);
  Result<std::int64_t> count();

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
