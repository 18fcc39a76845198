#pragma once

#include <set>
#include <string>

#include "entries/document.h"
#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::review {

// The lines of an entry right before and after what a change writes or takes out: a heading, a
// paragraph, an item, on one line each; "" where the text begins or ends there. For a change at two
// places (a source that is listed and cited) the lines around both together.
struct ContextLines {
  bool are_known = false;  // false where nothing but front matter changes
  std::string before;
  std::string after;
};
// A pure function of the entry as it is and as it would be.
ContextLines find_context_lines(const entries::Document& before, const entries::Document& after);

// An entry as it would be if a change were approved, with its sources and dates; or, where the
// change was approved, as it is now.
struct EntryPreview {
  std::string bytes;              // of the whole page; as it is now where there is a problem
  std::set<std::size_t> changed;  // lines, from 1, of blocks and front matter that the change brings
  bool is_approved = false;
  std::string problem;  // why the change cannot be shown, in words; "" where it can
};

// `today`: the date that an approval would set. `moved_to`: the heading of the part that the change
// is to be moved to; "" for where it was proposed. not_found. The store is not written to.
Result<EntryPreview> preview_entry(kb::Store& store, const kb::Entry& entry, kb::Id change_id,
                                   const std::string& today, const std::string& moved_to = "");

}  // namespace stubkeeper::review
