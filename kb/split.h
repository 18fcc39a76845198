#pragma once

#include <string>
#include <vector>

#include "entries/edit.h"
#include "kb/records.h"
#include "kb/store.h"

namespace stubkeeper::kb {

// How many parts a change can be split into; 1 where it is one thing. New text falls into its blocks, an item
// with those nested in it; the replacement of a block into its changed sentences.
Result<std::size_t> parts_of(const Change& change);

// Puts the parts of a waiting change in its place, as waiting changes of the same proposal, each to be
// decided by itself; the whole is superseded by them. Each part keeps the flags, and the quotes that share a
// word of five letters or a figure with what it changes (all of them where none does). Parts that are put at
// one place stand there in the order in which they are approved, those behind a block in the order of the
// whole. Gives their ids. refused where there is one part only; conflict where the change does not wait.
Result<std::vector<Id>> split_change(Store& store, Id change_id);

// The block that a change which puts its text behind one (insert_after) goes behind: its target, or, for a
// part of a split change, the last block of the parts before it that stand there already. `document` is the
// entry's current text, `revision_id` its revision.
Result<std::string> block_to_go_behind(Store& store, const Change& change, const entries::Edit& edit,
                                       const entries::IdentifiedDocument& document, Id revision_id);

}  // namespace stubkeeper::kb
