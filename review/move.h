#pragma once

#include <vector>

#include "base/clock.h"
#include "entries/block_diff.h"
#include "kb/entries/records.h"
#include "kb/review/reviewer_edit.h"
#include "kb/store/store.h"
#include "review/preview.h"

namespace stubkeeper::review {

// A waiting change as it would be in another part of its entry.
struct MovePreview {
  kb::ReviewerEdit reviewer_edit;  // with the part's heading as the page has it
  std::vector<entries::BlockDifference> difference;
  ContextLines context_lines;
  std::vector<kb::Flag> flags;  // against it
};

// A version for the developments part, beginning with the date that its text names ("delivered on 9
// July 2026"), so that it can be seen and edited; any other version as it is. Without such a date a
// development is dated by its source (kb::resolve_reviewer_edit). `today`: "2026-05-07".
kb::ReviewerEdit add_leading_date(kb::Store& store, const kb::ReviewerEdit& reviewer_edit,
                                  const std::string& today);

// `reviewer_edit` names the part. The store is not written to. Errors of verify_edited_text() and
// of kb::apply_change().
Result<MovePreview> preview_move(kb::Store& store, const kb::Change& change,
                                 const kb::ReviewerEdit& reviewer_edit, Timestamp now);
// With the proposed text.
Result<MovePreview> preview_move(kb::Store& store, const kb::Change& change, const std::string& part,
                                 Timestamp now);

}  // namespace stubkeeper::review
