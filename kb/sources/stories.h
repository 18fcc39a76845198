#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/text/min_hash.h"
#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Which snapshots tell the same story: one press release on several wires is one source, however many carry
// it. Two snapshots of different documents do where their texts are equal, or where their signatures resemble
// each other by at least `same_story_resemblance`. Borrows the store.
class Stories {
 public:
  static constexpr double same_story_resemblance = 0.4;

  explicit Stories(Store& store) : store_(store) {}

  // Stores the signature of a snapshot that has none yet; nothing: its text is too short to be compared.
  Status sign(Id snapshot_id, const std::optional<MinHash>& signature);
  // Snapshots of stores that were written before there were signatures, oldest first.
  Result<std::vector<Id>> without_signature();

  // Snapshots of other documents that tell the same story, by id.
  Result<std::vector<Id>> copies_of(Id snapshot_id);

  // Of the copies of a snapshot those that the entry cites already, in changes that wait or were approved.
  Result<std::vector<Id>> copies_cited_by(Id entry_id, Id snapshot_id);

  // How many of these snapshots speak for themselves. Those of one document, of one host and of one story
  // count as one, and so does what is joined by a chain of these.
  Result<std::size_t> independent_sources(const std::vector<Id>& snapshot_ids);

 private:
  Result<std::optional<MinHash>> signature(Id snapshot_id);
  Store& store_;
};

}  // namespace stubkeeper::kb
