#pragma once

#include <string>

#include "entries/edit.h"
#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The entry's text with an edit of a change in it (its own, or what a person made of that), as approving it
// gives it but for sources and dates. `document` is the entry's current text, `revision_id` its revision.
//
// A part of a split change stands among those of its parts that were approved: all of them, in whatever
// order, give the bytes that the whole would have given. Where one of them was edited or moved since, a part
// goes right behind the nearest one before it that stands there, else before the nearest one after it, else
// where the whole would have gone. Errors are those of entries::apply_edit.
Result<std::string> apply_change(Store& store, const Change& change, const entries::Edit& edit,
                                     const entries::IdentifiedDocument& document, Id revision_id);

}  // namespace stubkeeper::kb
