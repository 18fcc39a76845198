#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A robots.txt file, kept between runs.
struct StoredRobots {
  Timestamp fetched_at;
  int http_status = 0;
  std::string body;
  std::optional<Timestamp> unreachable_since;
};

// robots.txt files by origin. Borrows the store.
class RobotsTable {
 public:
  explicit RobotsTable(Store& store) : store_(store) {}
  Result<std::optional<StoredRobots>> find(const std::string& origin);
  Status keep(const std::string& origin, const StoredRobots& robots);

 private:
  Store& store_;
};

// How long a host asked not to be fetched from, and how it said so.
struct StoredHostPause {
  Timestamp until;
  std::string reason;
};

// Pauses by host, kept between runs. Borrows the store.
class HostPauseTable {
 public:
  explicit HostPauseTable(Store& store) : store_(store) {}
  Result<std::optional<StoredHostPause>> find(const std::string& host);
  Status keep(const std::string& host, const StoredHostPause& pause);

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
