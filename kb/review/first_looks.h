#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "kb/entries/records.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// An entry and a source of it.
struct SourceOfEntry {
  Id entry_id = 0;
  Id source_id = 0;
};

// The first look that a source's stored text gets for an entry, and what it leaves to a later one.
//
// The source's text is held against the entry's, whatever its date. At most `max_changes` of what the entry
// lacks are proposed; passages that say more are kept, and make no entry "rechecked", until they are asked for.
// Borrows the store.
class FirstLooks {
 public:
  static constexpr std::size_t max_changes = 10;

  explicit FirstLooks(Store& store) : store_(store) {}

  // Sources that were read and not compared with an entry yet, neither of the two removed.
  Result<std::vector<SourceOfEntry>> list_uncompared();
  Result<bool> is_compared(const SourceOfEntry& pair);
  Status mark_compared(const SourceOfEntry& pair);

  // Entries that no stored passage was searched for by the title that they have.
  Result<std::vector<Entry>> list_unsearched();
  Status mark_searched(const Entry& entry);

  // The passages of a document's newest snapshot that are its own: no boilerplate, no related pages.
  Result<std::vector<Passage>> own_passages(Id document_id);
  // The normalized hashes of a document's passages that were compared with an entry, or wait to be.
  Result<std::set<std::string>> compared_passages(Id document_id, Id entry_id);

  // The normalized hashes of a document's passages that an entry got, for whatever reason.
  Result<std::set<std::string>> routed_passages(Id document_id, Id entry_id);

  // Has a passage drafted for an entry as a first look, also where it was drafted before.
  Status route(Id run_id, const Routing& routing);
  // Keeps drafted passages for later.
  Status keep(Id entry_id, const std::set<Id>& passages);
  // Has the kept passages of a source drafted again.
  Status reopen_kept(const SourceOfEntry& pair);
  // A person vouches for the entry as it is.
  Status forget_kept(Id entry_id);

  // How much a source said to an entry at its first look.
  struct Counts {
    Id entry_id = 0;
    std::int64_t changes = 0;            // that were proposed, but for those that others replaced
    std::int64_t waiting = 0;            // of them, for review
    std::int64_t waiting_stand_ins = 0;  // of the waiting, those that a model's draft will replace
    std::int64_t kept_passages = 0;      // first look or not
  };
  Result<Counts> counts(const SourceOfEntry& pair);
  // The new texts of the changes that wait, but for stand-ins.
  Result<std::set<std::string>> waiting_texts(const SourceOfEntry& pair);
  // By entry; those with nothing are left out.
  Result<std::vector<Counts>> counts_of_source(Id source_id);

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
