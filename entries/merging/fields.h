#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entries/merging/merge_units.h"

namespace stubkeeper::entries {

// A field of YAML front matter with all its lines, also the comments and blank lines behind it; name "" for
// what stands before the first.
struct FieldLines {
  std::string name;
  std::string_view lines;
};

// The fields of the text between the delimiters, covering every byte; nothing where its form is not one field
// a line (a flow mapping, a key that stands twice), so that it can only be merged line by line.
std::optional<std::vector<FieldLines>> split_fields(std::string_view inner);

// Merges front matter between its delimiters, field by field. Where a conflict was appended, what is given
// back is meaningless.
std::string merge_fields(std::string_view base, std::string_view ours, std::string_view theirs,
                         const ConflictResolver& resolver);

}  // namespace stubkeeper::entries
