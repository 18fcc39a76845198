#pragma once

#include <functional>
#include <string>
#include <vector>

#include "entries/conventions.h"
#include "entries/document.h"

namespace stubkeeper::entries {

// A document whose blocks have ids.
struct IdentifiedDocument {
  Document document;
  std::vector<std::string> ids;  // by block
  std::string file;              // below the section's root; "" where none is known
  const Conventions* conventions = &built_in_conventions();  // borrowed
};

// The share of words (Dice's coefficient of the multisets, 0..1) from which on a block was edited and not
// replaced.
inline constexpr double min_edited_block_similarity = 0.5;

// Ids for the blocks of an entry's new text, which blocks keep while their neighbours change, move or go. An
// old block is given away once, to a block of its kind, in this order:
//   1. equal bytes at both ends of the page;
//   2. equal bytes that are there once on each side, in order: the longest increasing run of positions (Bram
//      Cohen's patience diff);
//   3. equal neighbours of matched blocks;
//   4. equal bytes anywhere: moved blocks;
//   5. the most similar block left, from min_edited_block_similarity on, the first of equals; front matter is
//      always front matter. Left out beyond 200,000 comparisons.
// The rest get ids from `new_id`, which never gives the same twice. Deterministic.
IdentifiedDocument carry_ids(const IdentifiedDocument& before, Document after,
                             const std::function<std::string()>& new_id);

// New ids for every block of a first revision.
IdentifiedDocument assign_new_ids(Document document, const std::function<std::string()>& new_id);

}  // namespace stubkeeper::entries
