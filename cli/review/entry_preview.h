#pragma once

#include <set>
#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store.h"

namespace stubkeeper::cli {

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
Result<EntryPreview> entry_with_change(kb::Store& store, const kb::Entry& entry, kb::Id change_id,
                                       const std::string& today, const std::string& moved_to = "");

// For a terminal: the text and then the front matter, each line behind "+ " where it changed, else behind two
// spaces. Safe to print.
std::vector<std::string> preview_lines(const EntryPreview& preview, int columns, bool colour);

// The line of these, from 1, that a pager is to begin at: a few above the first that is new; 0 where none is.
std::size_t line_to_begin_at(const std::vector<std::string>& preview_lines);

}  // namespace stubkeeper::cli
