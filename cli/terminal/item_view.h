#pragma once

#include <string>
#include <vector>

#include "entries/merge.h"
#include "kb/export/conflicts.h"
#include "review/item.h"

namespace stubkeeper::cli {

struct ViewOptions {
  int columns = 80;
  bool colour = false;
  bool is_detailed = false;   // quotes with the lines around them, whole addresses, snapshots and bytes
  bool omit_effects = false;  // what an approval does is shown elsewhere
};

// An item for a terminal: place, difference in words, flags and what to check, reason, each quote in
// its sentence with its source and dates, what an approval does, what depends on it, and decisions. Safe to print. In
// colour, removed words are red and struck, added ones green; else they are in [-...-] and {+...+},
// and a quote between > and <. No line passes `columns`, except whole addresses with `is_detailed`.
std::vector<std::string> item_lines(const review::ReviewItem& item, const ViewOptions& options);

// A flag: what to check, then its detail and name. `with_detail` is false where the detail is shown
// elsewhere.
std::vector<std::string> flag_lines(const kb::Flag& flag, const ViewOptions& options, bool with_detail);

// The difference of two texts, block by block, as in an item.
std::vector<std::string> difference_lines(const std::vector<entries::BlockDifference>& difference,
                                          int columns, bool colour);
// The same between the lines of the entry around it.
std::vector<std::string> difference_lines_in_context(const std::vector<entries::BlockDifference>& difference,
                                                     const review::ContextLines& context_lines,
                                                     const ViewOptions& options);

// A conflict: what happened to the file, and each place with its three texts, who changed the
// store's, and which quotations the file changes. Safe to print.
Result<std::string> conflict_view(kb::Store& store, const kb::Conflict& conflict);

// The three texts of each place, indented. Safe to print.
std::string format_hunks(const std::vector<entries::MergeConflict>& places);

}  // namespace stubkeeper::cli
