#pragma once

#include <string>
#include <vector>

#include "entries/block_ids.h"
#include "kb/entries/records.h"
#include "kb/store/id.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Adapts the waiting changes of an entry to its new revision, so that review is always against the
// last approved text. Called within the transaction that adds the revision. Where the block of a
// change was edited at other words than the change edits, both are merged (entries::merge_words). A
// change becomes outdated, with the reason and the revision, where its block or field is gone, the
// same words were changed, or the entry says it already.
Status rebase_waiting(Store& store, Id entry_id, Id revision_id, const entries::IdentifiedDocument& current);

// Lets the changes of an entry wait again that became outdated with a decision on another one, before
// rebase_waiting() brings them onto the text in which a decision is undone.
Status revive_outdated(Store& store, Id entry_id);

// The waiting changes of an entry that a new text would make outdated, with the reasons.
struct OutdatedChange {
  Change change;
  std::string reason;
};
Result<std::vector<OutdatedChange>> find_outdated_by(Store& store, Id entry_id,
                                                     const entries::IdentifiedDocument& next);

}  // namespace stubkeeper::kb
