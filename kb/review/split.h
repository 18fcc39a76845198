#pragma once

#include <vector>

#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// The number of parts that a change can be split into, 1 for none. New text has its blocks, an item
// with those nested in it; the replacement of a block has its changed sentences.
Result<std::size_t> count_split_parts(const Change& change);

// Replaces a waiting change by its parts, waiting changes of the same proposal, and gives their
// ids. Each part keeps the flags, and the quotes that share a word of five letters or a figure with
// it (all where none does). Approved in any order, they give the text that the whole gives
// (kb/review/apply_change.h). refused where there is one part only; conflict where the change does
// not wait.
Result<std::vector<Id>> split_change(Store& store, Id change_id);

}  // namespace stubkeeper::kb
