#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "kb/store/id.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Takes away old snapshots that nothing needs, and gives their space back.

struct PruneRequest {
  Timestamp older_than;  // snapshots that were fetched before
  std::string asked_by;
  Timestamp now;
  bool dry_run = false;  // finds out all of it, and changes nothing
};

struct PruneOutcome {
  std::int64_t snapshots = 0;                              // how many there were
  std::int64_t pruned = 0;                                 // of them
  std::vector<std::pair<std::string, std::int64_t>> kept;  // old ones by the reason, in words
  std::int64_t bytes_before = 0;                           // of the store
  std::int64_t free_bytes = 0;                             // of them not needed afterwards
};

// Deletes the old snapshots with their passages, and the bodies that nothing else refers to, in one transaction.
// Kept is each one that a citation or another table refers to; that has a passage which waits for a draft; that
// shows since when cited words stand in their document (find_first_seen); and the first and the latest one of each
// document. What passages a document had stays known. Not within a transaction. The caller holds the run lock.
Result<PruneOutcome> prune_snapshots(Store& store, const PruneRequest& request);

// Makes the file as small as its contents (SQLite's VACUUM). It needs as much room on the disk for the time. busy
// where another process uses the store, limit where the disk is full; the store is whole in any case.
Status give_space_back(Store& store);

// Of the store's file, without its log.
Result<std::int64_t> store_bytes(Store& store);

// Whether an entry got this passage, by its normalized hash, from a snapshot that was taken away.
Result<bool> was_routed_before_prune(Store& store, Id entry_id, const std::string& normalized_sha256);

}  // namespace stubkeeper::kb
