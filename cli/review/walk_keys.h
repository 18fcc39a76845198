#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace stubkeeper::cli {

// What the keys of the review do, one a line.
extern const char* const walk_help;

// The keys as they stand below a change, in lines of at most `columns` columns: with the number of unflagged
// changes of its entry that wait, and of the parts that it can be split into, where there is more than one.
std::vector<std::string> key_lines(std::size_t parts, std::size_t unflagged, int columns);

}  // namespace stubkeeper::cli
