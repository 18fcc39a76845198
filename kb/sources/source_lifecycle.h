#pragma once

#include <string>
#include <vector>

#include "kb/sources/records.h"
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

// The moves, disappearances and returns of sources' addresses. Borrows the store.
class SourceLifecycle {
 public:
  explicit SourceLifecycle(Store& store) : store_(store) {}

  // Notes a permanent redirect to `target` on `day` ("2026-11-24") and forgets those to another
  // target. Gives the number of days on which it was seen.
  Result<int> record_redirect(Id source_id, const std::string& target, const std::string& day);
  // The address had no permanent redirect.
  Status clear_redirects(Id source_id);
  struct RedirectSighting {
    std::string day;
    std::string target;
  };
  Result<std::vector<RedirectSighting>> list_redirects(Id source_id);

  // Makes `target` the source's address. Where another source has it, that one takes over the
  // entries, and this one is removed; its snapshots stay citable. Gives the source that has the
  // address now. Both addresses find it (Sources::find).
  Result<Id> move(const Source& source, const std::string& target, Timestamp now);
  // Oldest first.
  Result<std::vector<SourceMove>> list_moves(Id source_id);

  // Counts a failure towards "gone" (Sources::failed counts all failures).
  Status record_absence(Id source_id, Timestamp now);
  Status mark_gone(Id source_id, Timestamp now);
  Status mark_active(Id source_id);

  // Raises the flag `source-gone` for each entry and gone source of it, with address and last error
  // in `detail`, and resolves those that apply no more.
  Status sync_gone_flags(Timestamp now);
  // Open flags on entries that are not removed, by entry.
  Result<std::vector<EntryFlag>> entry_flags();

 private:
  Store& store_;
};

// The Internet Archive's address of its copy nearest to a time
// (https://archive.org/help/wayback_api.php): a link for people, never fetched.
std::string archived_copy_address(const std::string& address, Timestamp around);

}  // namespace stubkeeper::kb
