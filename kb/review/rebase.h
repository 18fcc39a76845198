#pragma once

#include "entries/identified_document.h"
#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// To be called when an entry has got another revision, within its transaction: brings the changes that wait
// for it onto that text, so that review is always against the last approved one. What a change would replace
// is shown as it stands now; where its block was changed in other words than the change itself changes, both
// are merged word by word (entries::merge_words). A change becomes outdated, and says why, where its block or
// field is gone, where the same words were changed, or where the entry says it already.
Status rebase_waiting(Store& store, Id entry_id, const entries::IdentifiedDocument& current);

}  // namespace stubkeeper::kb
