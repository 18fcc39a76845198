#pragma once

#include <vector>

#include "base/clock.h"
#include "entries/block_diff.h"
#include "kb/entries/records.h"
#include "kb/review/reviewer_edit.h"
#include "kb/store/store.h"
#include "review/context_lines.h"

namespace stubkeeper::review {

// A waiting change as it would stand in another part of its entry: what a person looks at before it is
// approved there.
struct MovePreview {
  kb::ReviewerEdit reviewer_edit;  // with the part's heading as the page has it
  std::vector<entries::BlockDifference> difference;
  ContextLines context_lines;
  std::vector<kb::Flag> flags;  // what speaks against it there
};

// A person's version for another part, as it is shown and approved: where a development is made of a text
// that says when ("delivered on 9 July 2026"), it begins with that date, so that it can be seen and changed;
// else it takes the date of its source (kb::resolve_reviewer_edit). `today`: "2026-05-07".
kb::ReviewerEdit add_leading_date(kb::Store& store, const kb::ReviewerEdit& reviewer_edit, const std::string& today);

// `own` names the part. The store is not written to. Errors are those of verify_edited_text(), and of
// kb::apply_change() where it fits no more.
Result<MovePreview> preview_move(kb::Store& store, const kb::Change& change, const kb::ReviewerEdit& reviewer_edit,
                             Timestamp now);
// The same with the proposed text.
Result<MovePreview> preview_move(kb::Store& store, const kb::Change& change, const std::string& part,
                             Timestamp now);

}  // namespace stubkeeper::review
