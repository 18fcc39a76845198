#pragma once

#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store.h"
#include "schema/base/clock.h"

namespace stubkeeper::kb {

// Who decides: a person by name, or a policy of the configuration.
struct Reviewer {
  AuthorKind kind = AuthorKind::person;
  std::string name;
};

// The hash that `show` gives and `approve --seen` takes back: of the change's text, place, quotes, flags and
// of the entry's current revision; it differs as soon as anything that a reviewer saw does.
Result<std::string> seen_hash(Store& store, Id change_id);
// The same of a change that was read, and the hash of the bytes of its entry's current revision.
std::string seen_hash(const Change& change, const std::string& current_sha256);

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

  // The same with a person's own text in place of the proposed one; the flags stay on the change, the
  // decision records the text.
  Result<Revision> approve_edited(Id change_id, const Reviewer& reviewer, const std::string& text,
                                  const std::string& reason);

  Status reject(Id change_id, const Reviewer& reviewer, const std::string& reason);

  // Takes back the last decision: a rejected change waits again; an approved one is undone by a new revision
  // that puts back the block's text, where nothing has changed that block since (else conflict), and waits
  // again.
  Status undo(Id change_id, const Reviewer& reviewer, const std::string& reason);

 private:
  Store& store_;
  const Clock& clock_;
};

}  // namespace stubkeeper::kb
