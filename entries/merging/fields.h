#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entries/front_matter.h"
#include "entries/merging/merge_units.h"

namespace stubkeeper::entries {

// A top-level field of front matter with all its lines and the comments and blank lines after it; name "" for
// lines before the first field. Of JSON a member without the comma after it; of TOML all tables are one field.
struct FieldText {
  std::string name;
  std::string_view text;
};

// The fields of front matter between its delimiters (of a whole JSON object, between its braces), covering
// every byte but JSON's commas; nothing where it is not one field after the other (a flow mapping, a key that
// is there twice), so that it can only be merged by lines.
std::optional<std::vector<FieldText>> split_fields(FrontMatterKind kind, std::string_view text);

// Merges front matter between its delimiters, by fields; a JSON object with its braces. After a conflict the
// text has no meaning.
//
// Where both sides changed a field that is one value on one line, its value and the comment after it are
// merged by themselves. Of two dates the later is taken; the time of day that the hand (`theirs`) set stays.
std::string merge_fields(FrontMatterKind kind, std::string_view base, std::string_view ours,
                         std::string_view theirs, const ConflictResolver& resolver);

}  // namespace stubkeeper::entries
