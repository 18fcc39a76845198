#pragma once

#include <optional>
#include <string>

#include "entries/edit.h"
#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What a person makes of a proposed change.
struct ReviewerEdit {
  std::string text = {};      // in place of the proposed one
  std::string moved_to = {};  // the part that it goes to, by heading; "" where it was proposed for
};

// The edit of a person's version, on an entry's text. A development without a date of its own is dated by the
// first of the change's sources that says when it was published. Errors are those of
// entries::move_to_part().
Result<entries::Edit> resolve_reviewer_edit(Store& store, const Change& change, const ReviewerEdit& reviewer_edit,
                               const entries::IdentifiedDocument& document);

// What was approved in place of what was proposed, where a person wrote another text or moved it: its place,
// and the text that stood there before and the one that came, as it was on the day of the approval. Nothing
// where the change is not approved, or as it was proposed.
Result<std::optional<entries::EditPreview>> approved_reviewer_edit(Store& store, const Change& change);

}  // namespace stubkeeper::kb
