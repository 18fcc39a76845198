#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entries/merging/merge_units.h"

namespace stubkeeper::entries {

// A field of YAML front matter with all its lines and the comments and blank lines after it; name "" for
// lines before the first field.
struct FieldLines {
  std::string name;
  std::string_view lines;
};

// The fields of the text between the delimiters, covering every byte; nothing where it is not one field a line
// (a flow mapping, a key that is there twice), so that it can only be merged by lines.
std::optional<std::vector<FieldLines>> split_fields(std::string_view inner);

// Merges front matter between its delimiters, by fields. After a conflict the text has no meaning.
std::string merge_fields(std::string_view base, std::string_view ours, std::string_view theirs,
                         const ConflictResolver& resolver);

}  // namespace stubkeeper::entries
