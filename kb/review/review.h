#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "kb/records.h"
#include "kb/review/reviewer_edit.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Who decides: a person by name, or a policy of the configuration.
struct Reviewer {
  AuthorKind kind = AuthorKind::person;
  std::string name;
};

// The hash that `show` gives and `approve --seen` takes back: of the change's edit, its place, the text that
// stands there now, its quotes, flags and state. It differs as soon as anything that a
// reviewer saw of it does; what else the entry says may change meanwhile.
std::string seen_hash(const Change& change);
Result<std::string> seen_hash(Store& store, Id change_id);

// Rejects a waiting change; conflict where it does not wait. To be called within a transaction.
Status reject_change(Store& store, Id change_id, const Reviewer& reviewer, const std::string& reason,
                     Timestamp now);
// Lets a rejected change wait again, brought onto the entry's current text. To be called within a
// transaction.
Status undo_rejection(Store& store, Id change_id, const Reviewer& reviewer, const std::string& reason,
                      Timestamp now);

// Decisions on changes. Each call is one transaction; decisions are appended, never changed. Borrows store
// and clock.
class Review {
 public:
  Review(Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  // Applies the change to the entry's current revision: the edit itself, then each cited web source in
  // source_urls and Sources where it is missing, lastmod, last_reviewed, and a stub becomes published. The
  // new revision's author is the reviewer. conflict where the change is not waiting (the message says what it
  // is), where its block changed since (it becomes outdated), or where `seen` is given and differs. A policy
  // never approves a flagged change: refused.
  Result<Revision> approve(Id change_id, const Reviewer& reviewer, const std::string& reason,
                           const std::string& seen);

  // The same for many, a hundred in a transaction, with their texts made on another thread meanwhile.
  // What cannot be approved does not hold up the rest. Gives the outcome of each, in their order.
  Result<std::vector<Status>> approve_all(const std::vector<Id>& changes, const Reviewer& reviewer,
                                          const std::string& reason);

  // The same with a person's own version in place of the proposed one; the decision records it. `flags`:
  // what was found against it; flags of the proposed text that are not among them are resolved. Nothing: the
  // flags stay as they are.
  Result<Revision> approve_edited(Id change_id, const Reviewer& reviewer, const ReviewerEdit& reviewer_edit,
                                  const std::string& reason, const std::string& seen = "",
                                  const std::optional<std::vector<Flag>>& flags = std::nullopt);

  Status reject(Id change_id, const Reviewer& reviewer, const std::string& reason,
                const std::string& seen = "");

  // Takes back the last decision: a rejected change waits again; an approved one is undone by a new revision
  // that puts back the block's text, where nothing has changed that block since (else conflict), and waits
  // again. Where a person's own text was approved, the flags are those of the proposed one again.
  Status undo(Id change_id, const Reviewer& reviewer, const std::string& reason);

 private:
  Store& store_;
  const Clock& clock_;
};

}  // namespace stubkeeper::kb
