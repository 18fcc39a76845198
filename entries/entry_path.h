#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace stubkeeper::entries {

// The path that names an entry or section, of its file below the research root: "cooling/corintis.md" and
// "cooling/corintis/_index.md" are both "cooling/corintis"; the root's "_index.md" is "".
std::string entry_path_from_file(std::string_view file);

// The folder of a file or path, without a slash at its end; "" at the root.
std::string folder_of(std::string_view file);

// Whether a file is a landing page, in any language: _index.md, _index.de.md.
bool is_section_file(std::string_view file);

// An entry path from a person or a source, normalized: no '/' at either end, no ".md". invalid_argument where
// it is empty, absolute, or has "..", ".", a backslash, a control character or an empty part.
Result<std::string> parse_entry_path(std::string_view text);

}  // namespace stubkeeper::entries
