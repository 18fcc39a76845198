#pragma once

#include <string>
#include <vector>

#include "kb/entries/records.h"
#include "kb/review/review_queue.h"
#include "kb/store/store.h"

namespace stubkeeper::review {

// A change of an entry that one approval of many does not cover, and why not, in words: "flagged: old
// source", "the filter leaves it out".
struct ExcludedChange {
  kb::Id id = 0;
  std::string beginning;  // of its text, as Markdown
  std::string why;
};

// What is approved of an entry at once, as both the terminal and the browser show it before.
struct ApprovalGroup {
  std::vector<kb::Change> changes;  // waiting and unflagged, as they are now
  std::vector<ExcludedChange> excluded;    // what else waits for the entry
};

// The group of an entry among some queued changes of it: another window may have decided or flagged one since
// they were queued.
Result<ApprovalGroup> approval_group(kb::Store& store, kb::Id entry_id,
                                     const std::vector<kb::QueuedChange>& queued);
Result<ApprovalGroup> approval_group(kb::Store& store, kb::Id entry_id, const std::vector<kb::Id>& changes);

}  // namespace stubkeeper::review
