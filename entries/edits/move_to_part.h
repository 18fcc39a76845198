#pragma once

#include <string>
#include <vector>

#include "entries/edit.h"

namespace stubkeeper::entries {

// The parts, by heading, to which a person can move an edit's new text: the page's in order, then those that
// its type has and the page lacks; not its own, and not Sources. refused, with the reason, where the edit is
// no new text (it replaces, links or removes a block, or sets a field), or has several blocks.
Result<std::vector<std::string>> list_target_parts(const IdentifiedDocument& document, const Edit& edit);

// The edit that puts the text into another part, in its form: under developments a dated item in order of date
// (the text's own date, "**2026-07:** Opened.", the edit's, or else `date`, which may be incomplete), an item
// where the part has a list, else a paragraph. invalid_argument for another part than list_target_parts(),
// or under developments without a date; and list_target_parts()'s errors.
Result<Edit> move_to_part(const IdentifiedDocument& document, const Edit& edit, const std::string& part,
                          const std::string& date);

}  // namespace stubkeeper::entries
