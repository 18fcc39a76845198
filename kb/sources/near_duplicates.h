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
// each other by at least `min_resemblance`. Borrows the store.
class NearDuplicates {
 public:
  static constexpr double min_resemblance = 0.4;

  explicit NearDuplicates(Store& store) : store_(store) {}

  // Stores the signature of a snapshot that has none yet; nothing: its text is too short to be compared.
  Status sign(Id snapshot_id, const std::optional<MinHash>& signature);
  // Snapshots of stores that were written before there were signatures, oldest first.
  Result<std::vector<Id>> snapshots_without_signature();

  // Snapshots of other documents that tell the same story, by id.
  Result<std::vector<Id>> find_near_duplicates(Id snapshot_id);

  // Of the copies of a snapshot those that the entry cites already, in changes that wait or were approved.
  Result<std::vector<Id>> cited_near_duplicates(Id entry_id, Id snapshot_id);

  // How many of these snapshots speak for themselves. Those of one document, of one host and of one story
  // count as one, and so does what is joined by a chain of these.
  Result<std::size_t> count_independent_sources(const std::vector<Id>& snapshot_ids);

 private:
  Result<std::optional<MinHash>> signature(Id snapshot_id);
  Store& store_;
};

}  // namespace stubkeeper::kb
