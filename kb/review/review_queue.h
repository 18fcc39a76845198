#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "kb/review/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A change in a list of thousands: without its texts, quotes and flags.
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
  int flags = 0;                // unresolved ones
  Id first_look_source_id = 0;  // as kb::Change has it
};

// By entry path, then proposal, then the order in which they were drafted. One query.
Result<std::vector<QueuedChange>> review_queue(Store& store, const ChangeFilter& filter);

// The changes of a queue in one folder of the section: "datacenters/cooling" for
// "datacenters/cooling/corintis"; "" for entries at the top.
struct QueuedSection {
  std::string path;
  int entries = 0;
  int changes = 0;
  int flagged = 0;
};
// By path; the queue is in the order of review_queue().
std::vector<QueuedSection> group_by_section(const std::vector<QueuedChange>& queue);

// How much waits for review.
struct WaitingCounts {
  int changes = 0;
  int flagged = 0;
  int entries = 0;
  int conflicts = 0;  // files edited or deleted by hand
};
Result<WaitingCounts> waiting_counts(Store& store);

// Flags and kinds of the waiting changes, each with the number of changes, by name.
struct QueueFacets {
  std::vector<std::pair<std::string, int>> flags;  // unresolved ones
  std::vector<std::pair<std::string, int>> kinds;
};
Result<QueueFacets> queue_facets(Store& store);

// The kinds of all changes there ever were, by name.
Result<std::vector<std::string>> stored_kinds(Store& store);

// The unresolved flags of some changes, by name; changes without any are left out.
Result<std::map<Id, std::vector<std::string>>> flags_of(Store& store, const std::vector<Id>& changes);

}  // namespace stubkeeper::kb
