#pragma once

#include "cli/serve/markup.h"
#include "cli/serve/visit.h"
#include "review/item.h"

namespace stubkeeper::cli {

// What a reviewer sees of a change, in the order in which it is read: what would stand where, what speaks
// against it, the words that it rests on, why it was proposed, what depends on it, what was decided already.
Markup item_markup(const Visit& visit, const review::ReviewItem& item);

// A flag: what it says and what to check, then what it was raised for, with its name.
Markup flag_markup(const review::ItemFlag& flag);

// A difference block by block, words that are gone as <del> and new ones as <ins>. With `around` false,
// blocks that stayed are counted in one line for each stretch of them.
Markup difference_markup(const std::vector<entries::BlockDifference>& difference, bool context_lines);

// The same, with all blocks, between the lines of the entry that stand around it.
Markup difference_markup_in_context(const std::vector<entries::BlockDifference>& difference, const review::ContextLines& context_lines);

// Words of one block.
Markup word_runs_markup(const std::vector<entries::WordRun>& runs);

// Who published a quote's source and when, with links to the page at the quote and to the snapshot.
// `for_change`: the change that it belongs to, to come back to; 0 for none.
Markup quote_markup(const review::ItemQuote& quote, kb::Id for_change);

// The same for a citation that is not part of an item.
Markup citation_markup(kb::Store& store, const kb::Citation& citation);

}  // namespace stubkeeper::cli
