#pragma once

#include <string>

#include "kb/entries/records.h"
#include "kb/review/proposals.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The kind of the change that proposes a new entry.
inline constexpr const char* new_entry_kind = "new entry";

// A proposed new entry: a stub's page, and the change that gives it its first words.
struct ProposedEntry {
  std::string path;
  std::string title;
  std::string bytes;
  Proposals::NewChange change;  // of kind new_entry_kind
};

// Makes the stub, which no export writes, and its waiting change, whose approval publishes it.
// Gives the proposal; 0, and does nothing, where the path is or was an entry's (a rejected one too)
// or an entry has that title. One transaction.
Result<Id> propose_entry(Store& store, Id run_id, const std::string& drafter, Timestamp now,
                         const ProposedEntry& entry);

// Removes the stub of a change that is rejected, and restores it when that is undone. Does nothing
// for other changes, and for an entry that is published by now.
Status withdraw_proposed_entry(Store& store, const Change& change);
Status restore_proposed_entry(Store& store, const Change& change);

// Makes an entry a stub again where the approval that published it was undone, no other approved
// change is left in it, and no export has written it. Other pages' waiting changes that mention it
// become outdated, and are proposed again when it is published. Called within a transaction.
Status unpublish_stub(Store& store, const Entry& entry);

}  // namespace stubkeeper::kb
