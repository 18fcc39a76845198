#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Flags on sources: problems of what they send. Resolved flags stay in the store. Borrows the
// store.
class SourceFlags {
 public:
  explicit SourceFlags(Store& store) : store_(store) {}

  // Does nothing where the source has this flag open with this detail; one with another detail is
  // resolved.
  Status raise(Id source_id, const std::string& name, const std::string& detail, Timestamp now);
  // Resolves the source's open flags of these names.
  Status resolve(Id source_id, const std::vector<std::string>& names, const std::string& resolution,
                 Timestamp now);
  // When one of the source's flags of this name was last resolved in this way.
  Result<std::optional<Timestamp>> last_resolved(Id source_id, const std::string& name,
                                                 const std::string& resolution);
  // In the order in which they were raised.
  Result<std::vector<Flag>> list_open(Id source_id);
  // The open flags of all sources that are not removed, by source.
  Result<std::vector<std::pair<Id, Flag>>> open();

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
