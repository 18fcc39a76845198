#pragma once

#include <optional>
#include <string>

#include "entries/edit.h"
#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A reviewer's version of a proposed change.
struct ReviewerEdit {
  std::string text = {};      // in place of the proposed one
  std::string moved_to = {};  // the part that it goes to, by heading; "" for the proposed one
};

// The edit of a reviewer's version. A development that it dates not itself gets the date of the
// first of the change's sources that has one. Errors are those of entries::move_to_part().
Result<entries::Edit> resolve_reviewer_edit(Store& store, const Change& change,
                                            const ReviewerEdit& reviewer_edit,
                                            const entries::IdentifiedDocument& document);

// The place, old and new text of an approved reviewer's version, as on the day of the approval.
// Nothing where the change is not approved, or approved as proposed.
Result<std::optional<entries::EditPreview>> approved_reviewer_edit(Store& store, const Change& change);

}  // namespace stubkeeper::kb
