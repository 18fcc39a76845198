#pragma once

#include <string>
#include <vector>

#include "review/item.h"

namespace stubkeeper::cli {

struct ViewOptions {
  int columns = 80;
  bool colour = false;
  bool is_detailed = false;     // each quote with the lines around it, its whole address, snapshot and bytes
  bool omit_side_effect = false;  // what approving does beside is said at the keys, and not here
};

// An item for a terminal: place, difference in words, why, each quote in its sentence with its source and
// dates, what speaks against it and what to check, what depends on it, and what was decided. Text from
// outside is made safe to print. With colour, removed words are red and struck, added ones green; without,
// they stand in [-...-] and {+...+}, and a quote between > and <. No line is longer than `columns`, but for
// whole addresses with `is_detailed`.
std::vector<std::string> item_lines(const review::ReviewItem& item, const ViewOptions& options);

// A flag: what it says and what to check, then what it was raised for, with its name. `detail` may be left
// out where it stands elsewhere.
std::vector<std::string> flag_lines(const review::ItemFlag& flag, const ViewOptions& options, bool with_detail);

// The difference of two texts, block by block, as it stands in an item.
std::vector<std::string> difference_lines(const std::vector<entries::BlockDifference>& difference,
                                          int columns, bool colour);

// The same between the lines of the entry that stand around it.
std::vector<std::string> difference_lines_in_context(const std::vector<entries::BlockDifference>& difference,
                                      const review::ContextLines& context_lines, const ViewOptions& options);

// "2 days ago".
std::string format_age(std::chrono::milliseconds age);

}  // namespace stubkeeper::cli
