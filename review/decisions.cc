#include "review/decisions.h"

#include <algorithm>

#include "kb/entries/entry_store.h"
#include "kb/export/conflicts.h"
#include "kb/review/proposals.h"
#include "kb/review/refusals.h"
#include "kb/review/review_queue.h"
#include "review/labels.h"

namespace stubkeeper::review {
namespace {

Result<std::vector<ExcludedChange>> find_excluded_changes(kb::Store& store, kb::Id entry_id,
                                                          const std::vector<kb::Change>& covered) {
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(entry_id));
  kb::ChangeFilter of_entry;
  of_entry.path = entry.path;
  STUBKEEPER_ASSIGN(auto waiting, kb::review_queue(store, of_entry));
  std::erase_if(waiting, [&](const kb::QueuedChange& change) {
    // A section's path is the beginning of its entries'.
    return change.entry_id != entry_id ||
           std::any_of(covered.begin(), covered.end(),
                       [&](const kb::Change& other) { return other.id == change.id; });
  });
  std::vector<kb::Id> flagged;
  for (const kb::QueuedChange& change : waiting) {
    if (change.flags > 0) flagged.push_back(change.id);
  }
  STUBKEEPER_ASSIGN(auto flags, kb::flags_of(store, flagged));
  std::vector<ExcludedChange> excluded;
  for (const kb::QueuedChange& change : waiting) {
    const std::string why =
        change.flags > 0 ? "flagged: " + describe_flags(flags[change.id]) : "which the filter leaves out";
    excluded.push_back({change.id, change.excerpt, why});
  }
  return excluded;
}

}  // namespace

Result<ApprovalGroup> approval_group(kb::Store& store, kb::Id entry_id, const std::vector<kb::Id>& changes) {
  kb::Proposals proposals{store};
  ApprovalGroup group;
  for (const kb::Id id : changes) {
    STUBKEEPER_ASSIGN(auto change, proposals.get(id));
    if (change.state == kb::ChangeState::waiting && !kb::is_flagged(change))
      group.changes.push_back(std::move(change));
  }
  STUBKEEPER_ASSIGN(group.excluded, find_excluded_changes(store, entry_id, group.changes));
  return group;
}

Status undo(kb::Store& store, FileSystem& files, const UndoStep& step, const kb::Reviewer& reviewer,
            const Clock& clock) {
  return store.run_in_transaction([&]() -> Status {
    if (step.conflict != 0)
      STUBKEEPER_TRY(kb::Conflicts{store}.undo(files, step.conflict, reviewer, "", clock.now()));
    for (const kb::Id id : step.refusals) STUBKEEPER_TRY(kb::Refusals{store}.lift(id, reviewer, clock.now()));
    kb::Review review{store, clock};
    std::size_t undone = 0;
    // The latest first, as each was made on the text that the one before it left.
    for (auto id = step.changes.rbegin(); id != step.changes.rend(); ++id) {
      STUBKEEPER_ASSIGN(const auto change, kb::Proposals{store}.get(*id));
      if (change.state == kb::ChangeState::waiting) continue;
      STUBKEEPER_TRY(review.undo(*id, reviewer, ""));
      ++undone;
    }
    if (undone == 0 && !step.changes.empty())
      return Error{ErrorCode::conflict, "the decision was undone already", "", ""};
    return {};
  });
}

}  // namespace stubkeeper::review
