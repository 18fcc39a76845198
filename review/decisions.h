#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/file_system.h"
#include "kb/entries/records.h"
#include "kb/review/records.h"
#include "kb/review/review.h"
#include "kb/store/store.h"

namespace stubkeeper::review {

// A waiting change of an entry that is not approved together with the others, and why, in words:
// "flagged: old source".
struct ExcludedChange {
  kb::Id id = 0;
  std::string excerpt;  // of its text, as Markdown
  std::string why;
};

// The changes of an entry that are approved together.
struct ApprovalGroup {
  std::vector<kb::Change> changes;       // waiting and unflagged
  std::vector<ExcludedChange> excluded;  // what else waits for the entry
};

// The group among some queued changes, which may have been decided or flagged since they were
// queued.
Result<ApprovalGroup> approval_group(kb::Store& store, kb::Id entry_id, const std::vector<kb::Id>& changes);

// Decisions that were made together and are undone together.
struct UndoStep {
  std::vector<kb::Id> changes;   // approved or rejected, in the order of their decisions
  std::vector<kb::Id> refusals;  // "never again"
  kb::Id conflict = 0;           // that was settled; 0 for none
};

// Undoes all of a step or nothing of it. A change that waits again already is passed over; conflict
// where all do. Else the errors of kb::Review, kb::Refusals and kb::Conflicts.
Status undo(kb::Store& store, FileSystem& files, const UndoStep& step, const kb::Reviewer& reviewer,
            const Clock& clock);

}  // namespace stubkeeper::review
