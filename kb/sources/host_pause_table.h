#pragma once

#include <optional>
#include <string>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Hosts that asked to be left alone, until when and how they said so; kept between runs.
struct StoredHostPause {
  Timestamp until;
  std::string reason;
};

class HostPauseTable {
 public:
  explicit HostPauseTable(Store& store) : store_(store) {}
  Result<std::optional<StoredHostPause>> find(const std::string& host);
  Status keep(const std::string& host, const StoredHostPause& pause);

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
