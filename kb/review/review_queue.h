#pragma once

#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/review/change_filter.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A change as a list of many shows it: without its texts, quotes and flags, so that thousands are read at
// once.
struct QueuedChange {
  Id id = 0;
  Id proposal_id = 0;
  Id run_id = 0;
  Id entry_id = 0;
  std::string entry_path;
  std::string entry_title;
  std::string kind;
  std::string place;
  std::string excerpt;  // of the new text, else of the old one: at most 300 characters
  ChangeState state = ChangeState::waiting;
  Timestamp proposed_at;
  int flags = 0;  // unresolved ones
};

// By entry path, then proposal, then the order in which they were drafted. One query.
Result<std::vector<QueuedChange>> review_queue(Store& store, const ChangeFilter& filter);

// What of a queue stands in one folder of the section: "datacenters/cooling" for
// "datacenters/cooling/corintis"; "" for entries at the top.
struct QueuedSection {
  std::string path;
  int entries = 0;
  int changes = 0;
  int flagged = 0;
};
// By path. The queue stands in the order of review_queue().
std::vector<QueuedSection> group_by_section(const std::vector<QueuedChange>& queue);

// What waits, in figures.
struct WaitingCounts {
  int changes = 0;
  int flagged = 0;
  int entries = 0;
  int conflicts = 0;  // files edited or deleted by hand
};
Result<WaitingCounts> waiting_counts(Store& store);

}  // namespace stubkeeper::kb
