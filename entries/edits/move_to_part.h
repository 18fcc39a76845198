#pragma once

#include <string>
#include <vector>

#include "entries/edit.h"

namespace stubkeeper::entries {

// New text that a person puts into another part of a page than the one that it was proposed for.

// The parts, by heading, that an edit's text can go to: those of the page in its order, then those that its
// type has and the page has not, which are made. Neither its own part nor the list of sources is among them.
// refused, with why, where the edit is no new text (what replaces, links or takes out a block stays with it;
// front matter has no parts), or where it is of several blocks.
Result<std::vector<std::string>> list_target_parts(const IdentifiedDocument& document, const Edit& edit);

// The edit that puts the text there as the part asks for: under developments an item with a date in the order
// of dates (the one that its text begins with, "**2026-07:** Opened.", the edit's own, or else `date`:
// "2026-05-07", or the part of it that is known), an item where the part has a list, else a paragraph.
// invalid_argument where the part is none of list_target_parts(), or for developments where no date is known; and
// the errors of list_target_parts().
Result<Edit> move_to_part(const IdentifiedDocument& document, const Edit& edit, const std::string& part,
                           const std::string& date);

}  // namespace stubkeeper::entries
