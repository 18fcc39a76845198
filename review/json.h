#pragma once

#include <nlohmann/json_fwd.hpp>

#include "review/item.h"

namespace stubkeeper::review {

// An item as `review show --json` gives it (docs/json.md): the keys of `review list`, and everything else
// that a reviewer is shown.
nlohmann::ordered_json item_json(const ReviewItem& item);

// Blocks with their word runs.
nlohmann::ordered_json difference_json(const std::vector<entries::BlockDifference>& difference);

// Word runs as a list of {"kind": "kept" | "removed" | "added", "text": ...}.
nlohmann::ordered_json runs_json(const std::vector<entries::WordRun>& runs);

}  // namespace stubkeeper::review
