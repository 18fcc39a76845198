#pragma once

#include "cli/serve/markup.h"
#include "review/item.h"

namespace stubkeeper::cli {

// An item as HTML, in the order of reading: the change in its place, flags, what depends on it,
// quotes, the reason, decisions.
Markup item_markup(const review::ReviewItem& item);

// A flag: what to check, then its detail and name.
Markup flag_markup(const kb::Flag& flag);

// A difference block by block, removed words as <del> and new ones as <ins>. Unchanged blocks are
// counted only, unless `with_unchanged`.
Markup difference_markup(const std::vector<entries::BlockDifference>& difference, bool with_unchanged);
// All blocks, between the lines of the entry around them.
Markup difference_markup_in_context(const std::vector<entries::BlockDifference>& difference,
                                    const review::ContextLines& context_lines);

// Words of one block.
Markup word_runs_markup(const std::vector<entries::WordRun>& runs);

// A quote with its source and dates, and links to the page at the quote and to the snapshot.
// `for_change`: the change to come back to; 0 for none.
Markup quote_markup(const review::ItemQuote& quote, kb::Id for_change);

}  // namespace stubkeeper::cli
