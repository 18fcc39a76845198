#pragma once

#include <string_view>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Since when a document has had some words, as far as its snapshots tell.
struct FirstSeen {
  Timestamp at;                        // when the oldest of the snapshots in a row that have them was fetched
  bool was_absent_before = false;  // the one before that has not
};

// Looks back from a snapshot, which has the words byte for byte, until one has not. corrupt where a snapshot
// on the way is damaged.
Result<FirstSeen> find_first_seen(Store& store, const Snapshot& snapshot, std::string_view words);

}  // namespace stubkeeper::kb
