#pragma once

#include <set>
#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store.h"

namespace stubkeeper::cli {

// An entry as it would read with a change in it, or, where it was approved, as it reads now.
struct EntryPreview {
  std::string bytes;              // of the whole page; as it stands where there is a problem
  std::set<std::size_t> changed;  // lines, from 1, of blocks that the page has not yet, or has from it
  bool is_approved = false;       // and the page has it, unless it was taken out again
  std::string problem;            // why the change cannot be shown in it, in words; "" where it is
};

// With the part that it is to be moved to, by heading; "" for the one that it was proposed for. not_found
// where there is no such change. The store is not written to.
Result<EntryPreview> entry_with_change(kb::Store& store, const kb::Entry& entry, kb::Id change_id,
                                       const std::string& moved_to = "");

// For a terminal: each line behind "+ " where it changed, else behind two spaces. Safe to print.
std::vector<std::string> preview_lines(const EntryPreview& preview, int columns, bool colour);

}  // namespace stubkeeper::cli
