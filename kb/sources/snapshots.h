#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/sources/records.h"
#include "kb/store/bodies.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A page's name for people: its title when it was fetched, else its address.
inline const std::string& name_of(const Snapshot& snapshot, const DocumentRecord& document) {
  return snapshot.title.empty() ? document.address : snapshot.title;
}

// A snapshot to be stored.
struct NewSnapshot {
  Snapshot metadata;              // ids and hashes are filled in by add()
  std::string_view body;          // as fetched; not read where metadata has the hash of a stored body
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
  // The page, from 1, of a PDF that has this byte of the text; 0 where the document has no pages.
  Result<std::size_t> page_of(const Snapshot& snapshot, std::size_t byte);
  // Whether it is of its source's first fetch, or of a document that the source listed then: it
  // need not be news. A new item of a feed that was read before is news.
  Result<bool> is_first_read(const Snapshot& snapshot);
  Result<std::vector<Passage>> passages(Id snapshot_id);
  Result<Passage> passage(Id passage_id);
  // The normalized hashes of the passages of a document's latest snapshot, or of all that it ever had.
  Result<std::vector<std::string>> passage_hashes(Id document_id, bool all_snapshots);
  // Stores a snapshot with its passages, fills in their ids, and gives the snapshot's.
  Result<Id> add(Id document_id, NewSnapshot& snapshot);
  Result<std::int64_t> count();

  // An answer that differs from the latest snapshot in dates, counters or order alone, which is noted in place
  // of a snapshot: the last one, with the hash of its text, and how many there were since that snapshot.
  struct UnremarkableLook {
    std::string text_sha256;
    Timestamp seen_at;
    std::int64_t looks = 0;
  };
  Result<std::optional<UnremarkableLook>> unremarkable_look(Id document_id);
  Status note_unremarkable_look(Id document_id, const std::string& text_sha256, Timestamp at);

 private:
  // When the first snapshot of a source was made; asked of the store once.
  Result<std::int64_t> first_fetch_of(Id source_id);

  Store& store_;
  std::map<Id, std::int64_t> first_fetches_;
};

// Since when a document has had some words, by its snapshots.
struct FirstSeen {
  Timestamp at;                    // of the oldest snapshot of the unbroken row that has them
  bool was_absent_before = false;  // the one before that has not
  Id snapshot_id = 0;              // of the oldest of the row
  Id absent_snapshot_id = 0;       // of the one before; 0 where there is none
};

// Looks back from a snapshot that has the words, byte for byte, to the first that has not. corrupt.
Result<FirstSeen> find_first_seen(Store& store, const Snapshot& snapshot, std::string_view words);

}  // namespace stubkeeper::kb
