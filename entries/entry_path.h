#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace stubkeeper::entries {

// The path below the research root that names an entry or a section, from its file:
// "datacenters/cooling/corintis.md" and "datacenters/cooling/corintis/_index.md" both name
// "datacenters/cooling/corintis"; the root's "_index.md" names "".
std::string entry_path_from_file(std::string_view file);

// Whether the file is a landing page (_index.md) or a leaf bundle's index.md.
bool is_section_file(std::string_view file);

// An entry path that a person or a source gave, normalized (no leading or trailing '/', no ".md");
// invalid_argument where it is empty, absolute, holds "..", ".", a backslash, a control character or an empty
// part.
Result<std::string> parse_entry_path(std::string_view text);

}  // namespace stubkeeper::entries
