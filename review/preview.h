#pragma once

#include <set>
#include <string>
#include <vector>

#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::review {

// An entry as it would be if a change were approved, with its sources listed and its dates moved; or, where
// it was approved, as it reads now.
struct EntryPreview {
  std::string bytes;  // of the whole page; as it stands where there is a problem
  // Lines, from 1, of blocks, or of the front matter, that the page has not yet; or of blocks that it has
  // from the change.
  std::set<std::size_t> changed;
  bool is_approved = false;  // and the page has it, unless it was taken out again
  std::string problem;       // why the change cannot be shown in it, in words; "" where it is
};

// `today`: the date that an approval would move the page's to. `moved_to`: the part that the change is to be
// moved to, by heading; "" for the one that it was proposed for. not_found where there is no such change. The
// store is not written to.
Result<EntryPreview> preview_entry(kb::Store& store, const kb::Entry& entry, kb::Id change_id,
                                       const std::string& today, const std::string& moved_to = "");

}  // namespace stubkeeper::review
