#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Flags on sources: what is wrong with what they send. Raised while it is so and resolved when it no longer
// is; both stay in the store. Borrows the store.
class SourceFlags {
 public:
  explicit SourceFlags(Store& store) : store_(store) {}

  // Nothing happens where the source has an open flag of that name with the same detail; one with another
  // detail is resolved first.
  Status raise(Id source_id, const std::string& name, const std::string& detail, Timestamp now);
  // Resolves the source's open flags of these names; others stay.
  Status resolve(Id source_id, const std::vector<std::string>& names, const std::string& resolution,
                 Timestamp now);
  // Open ones, in the order in which they were raised.
  Result<std::vector<Flag>> list_open(Id source_id);
  // Of all sources that are not removed, by source.
  Result<std::vector<std::pair<Id, Flag>>> open();

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
