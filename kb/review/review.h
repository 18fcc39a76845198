#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "kb/review/records.h"
#include "kb/review/reviewer_edit.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A hash of a change as a reviewer sees it: edit, place, present text, quotes, flags and state.
// `show` prints it, and `approve --seen` compares it.
std::string seen_hash(const Change& change);
Result<std::string> seen_hash(Store& store, Id change_id);

// Rejects a waiting change; conflict where it does not wait. Called within a transaction.
Status reject_change(Store& store, Id change_id, const Reviewer& reviewer, const std::string& reason,
                     Timestamp now);
// Makes a rejected change wait again, rebased onto the entry's current text. Called within a
// transaction.
Status undo_rejection(Store& store, Id change_id, const Reviewer& reviewer, const std::string& reason,
                      Timestamp now);

// Decisions on changes, appended and never changed. Each call is one transaction. Borrows store and
// clock.
class Review {
 public:
  Review(Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  // Makes a revision by the reviewer with the change in it, each cited web source in source_urls
  // and Sources, lastmod and last_reviewed; a stub becomes published. conflict where the change
  // does not wait, where its block changed since (it becomes outdated), or where `seen` is given
  // and differs. refused where a policy would approve a flagged change.
  Result<Revision> approve(Id change_id, const Reviewer& reviewer, const std::string& reason,
                           const std::string& seen);

  // The same for many, a hundred in a transaction: the outcome of each, in their order.
  Result<std::vector<Status>> approve_all(const std::vector<Id>& changes, const Reviewer& reviewer,
                                          const std::string& reason);

  // The same with the reviewer's version, which the decision records. `flags`: those of that
  // version; open flags of the proposed text that are not among them are resolved. Without them the
  // flags stay.
  Result<Revision> approve_edited(Id change_id, const Reviewer& reviewer, const ReviewerEdit& reviewer_edit,
                                  const std::string& reason, const std::string& seen = "",
                                  const std::optional<std::vector<Flag>>& flags = std::nullopt);

  Status reject(Id change_id, const Reviewer& reviewer, const std::string& reason,
                const std::string& seen = "");

  // Undoes the last decision, and the change waits again. An approval is undone by a new revision
  // with the block's old text; conflict where that block was changed since. After an edit, the
  // flags are those of the proposed text again.
  Status undo(Id change_id, const Reviewer& reviewer, const std::string& reason);

 private:
  Store& store_;
  const Clock& clock_;
};

}  // namespace stubkeeper::kb
