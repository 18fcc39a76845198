#pragma once

#include "entries/block_ids.h"
#include "kb/store/id.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Adapts the waiting changes of an entry to its new revision, so that review is always against the
// last approved text. Called within the transaction that adds the revision. Where the block of a
// change was edited at other words than the change edits, both are merged (entries::merge_words). A
// change becomes outdated, with the reason, where its block or field is gone, the same words were
// changed, or the entry says it already.
Status rebase_waiting(Store& store, Id entry_id, const entries::IdentifiedDocument& current);

}  // namespace stubkeeper::kb
