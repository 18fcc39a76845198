#pragma once

#include <nlohmann/json_fwd.hpp>

#include "kb/export/conflicts.h"
#include "review/item.h"

namespace stubkeeper::review {

// The JSON of --json (docs/json.md).

// A quote with its source, without its context.
nlohmann::ordered_json quote_json(const ItemQuote& quote);

// A change as `review list` prints it.
nlohmann::ordered_json change_json(QuoteReader& quotes, const kb::Change& change,
                                   const std::string& entry_path);

// An item as `review show` prints it: all that a reviewer sees.
nlohmann::ordered_json item_json(const ReviewItem& item);

Result<nlohmann::ordered_json> conflict_json(kb::Store& store, const kb::Conflict& conflict);

// Blocks with their word runs, each {"kind": "kept" | "removed" | "added", "text": ...}.
nlohmann::ordered_json difference_json(const std::vector<entries::BlockDifference>& difference);

}  // namespace stubkeeper::review
