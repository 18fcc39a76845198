#pragma once

#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// An address that a source had before.
struct SourceMove {
  std::string old_address;
  std::string new_address;
  Timestamp moved_at;
};

// A flag on an entry, with the source that it is about.
struct EntryFlag {
  Id entry_id = 0;
  Id source_id = 0;
  Flag flag;
};

// What becomes of sources' addresses: they move, they are gone, they come back. Borrows the store.
class SourceLifecycle {
 public:
  explicit SourceLifecycle(Store& store) : store_(store) {}

  // Notes that `day` ("2026-11-24") found the source's address moved to `target` for good; sightings of
  // another target are forgotten. Gives on how many days in a row it was found so.
  Result<int> record_redirect(Id source_id, const std::string& target, const std::string& day);
  // The address did not lead elsewhere for good.
  Status clear_redirects(Id source_id);
  struct RedirectSighting {
    std::string day;
    std::string target;
  };
  Result<std::vector<RedirectSighting>> list_redirects(Id source_id);

  // Makes `target` the source's address. Where another source has it, that one takes the entries, and this
  // one is removed; its snapshots stay citable. Gives the source that has the address now. Both addresses
  // find it (Sources).
  Result<Id> move(const Source& source, const std::string& target, Timestamp now);
  // The moves that led to the source's address, the oldest first.
  Result<std::vector<SourceMove>> list_moves(Id source_id);

  // One more failure that counts towards "gone" (Sources::failed counts all of them).
  Status record_absence(Id source_id, Timestamp now);
  Status mark_gone(Id source_id, Timestamp now);
  // A source that was gone answers well again.
  Status mark_active(Id source_id);

  // Sees to it that exactly the entries that lean on a gone source have the open flag `source-gone` for it:
  // raises those that are missing, with the address and why in `detail`, and resolves the others.
  Status sync_gone_flags(Timestamp now);
  // Open flags on entries that are not removed, by entry.
  Result<std::vector<EntryFlag>> entry_flags();

 private:
  Store& store_;
};

// Where the Internet Archive shows its copy of an address that is nearest to a time
// (https://archive.org/help/wayback_api.php): a link for people, never fetched from here.
std::string archived_copy_address(const std::string& address, Timestamp around);

}  // namespace stubkeeper::kb
