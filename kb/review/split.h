#pragma once

#include <string>
#include <vector>

#include "entries/edit.h"
#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// How many parts a change can be split into; 1 where it is one thing. New text falls into its blocks, an item
// with those nested in it; the replacement of a block into its changed sentences.
Result<std::size_t> count_split_parts(const Change& change);

// Puts the parts of a waiting change in its place, as waiting changes of the same proposal, each to be
// decided by itself; the whole is superseded by them. Each part keeps the flags, and the quotes that share a
// word of five letters or a figure with what it changes (all of them where none does). Approved in any order,
// they give the text that the whole would (kb/review/apply_change.h). Gives their ids. refused where there is one part
// only; conflict where the change does not wait.
Result<std::vector<Id>> split_change(Store& store, Id change_id);

}  // namespace stubkeeper::kb
