#pragma once

#include <string>

#include "entries/edit.h"
#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// An entry's text with the edit of a change (its own, or a reviewer's version), as approving gives
// it but for sources and dates. `document` is the entry's current text, `revision_id` its revision.
//
// A part of a split change goes among those of its parts that were approved: all of them, in any
// order, give the bytes that the whole gives. Where one of those was edited or moved since, the
// part goes after the nearest earlier part on the page, else before the nearest later one, else to
// the place of the whole. Errors are those of entries::apply_edit.
Result<std::string> apply_change(Store& store, const Change& change, const entries::Edit& edit,
                                 const entries::IdentifiedDocument& document, Id revision_id);

}  // namespace stubkeeper::kb
