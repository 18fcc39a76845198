#pragma once

#include <functional>
#include <string>
#include <vector>

#include "entries/document.h"
#include "entries/edit.h"

namespace stubkeeper::entries {

// Two blocks of one kind are the same one, edited, where they share at least this part of their words (Dice's
// coefficient of the word multisets, 0..1): half of them. Below it a person would call it a new block.
inline constexpr double min_edited_block_similarity = 0.5;

// Names the blocks of a new text of an entry, so that a block keeps its id while its neighbours change, move
// or go. In this order, each old block being given away once and only to a block of its kind:
//   1. equal bytes at both ends of the page;
//   2. equal bytes that stand once on each side, in order: the longest increasing run of positions (Bram
//      Cohen's patience diff);
//   3. equal neighbours of what is matched;
//   4. equal bytes wherever they went: moved blocks;
//   5. the most similar one that is left, from min_edited_block_similarity on, the first of equals. The
//      front matter is always the front matter. Left out where it would take over 200,000 comparisons.
// The rest get fresh ids from `fresh`, which never gives the same twice. Deterministic.
IdentifiedDocument carry_ids(const IdentifiedDocument& before, Document after,
                             const std::function<std::string()>& new_id);

// Fresh ids for every block of a first revision.
IdentifiedDocument assign_new_ids(Document document, const std::function<std::string()>& new_id);

}  // namespace stubkeeper::entries
