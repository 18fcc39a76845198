#pragma once

#include <string>

#include "kb/records.h"
#include "kb/review/proposals.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The kind of the change that proposes a new entry.
inline constexpr const char* new_entry_kind = "new entry";

// An entry that a drafter proposes to make: a stub's page, and the change that gives it its first words.
struct ProposedEntry {
  std::string path;
  std::string title;
  std::string bytes;
  Proposals::NewChange change;  // of kind new_entry_kind
};

// In one transaction: makes the stub, which no export writes, and its waiting change, whose approval
// publishes it. Gives the proposal; 0, and does nothing, where the path is known in whatever state (one that
// was turned down too) or was an entry's before it moved, or where an entry has that title.
Result<Id> propose_entry(Store& store, Id run_id, const std::string& drafter, Timestamp now,
                         const ProposedEntry& entry);

// What goes with turning a change down, and with taking that back: a stub that was made for it is removed,
// and is there again. Nothing for other changes, and for an entry that is published by now.
Status withdraw_proposed_entry(Store& store, const Change& change);
Status restore_proposed_entry(Store& store, const Change& change);

}  // namespace stubkeeper::kb
