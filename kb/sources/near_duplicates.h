#pragma once

#include <optional>
#include <vector>

#include "base/text/min_hash.h"
#include "kb/store/id.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Near-duplicate snapshots: one press release on several sites counts as one source. Snapshots of
// two documents are near-duplicates where their texts are equal or the estimated Jaccard
// resemblance of their MinHash signatures is at least `min_resemblance`. Borrows the store.
class NearDuplicates {
 public:
  static constexpr double min_resemblance = 0.4;

  explicit NearDuplicates(Store& store) : store_(store) {}

  // Stores the signature of a snapshot that has none; nothing where its text is too short to be
  // compared.
  Status sign(Id snapshot_id, const std::optional<MinHash>& signature);
  // Oldest first: snapshots that an older version stored.
  Result<std::vector<Id>> snapshots_without_signature();

  // By id. Where many alike (hundreds of items from one template), the first and the latest of them:
  // comparing each with all others would take the square of their number.
  Result<std::vector<Id>> find_near_duplicates(Id snapshot_id);

  // Those that the entry cites already, in waiting or approved changes.
  Result<std::vector<Id>> cited_near_duplicates(Id entry_id, Id snapshot_id);

 private:
  Result<std::optional<MinHash>> signature(Id snapshot_id);
  Store& store_;
};

}  // namespace stubkeeper::kb
