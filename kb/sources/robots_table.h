#pragma once

#include <optional>
#include <string>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// robots.txt files kept between runs, by origin.
struct StoredRobots {
  Timestamp fetched_at;
  int http_status = 0;
  std::string body;
  std::optional<Timestamp> unreachable_since;
};

class RobotsTable {
 public:
  explicit RobotsTable(Store& store) : store_(store) {}
  Result<std::optional<StoredRobots>> find(const std::string& origin);
  Status keep(const std::string& origin, const StoredRobots& robots);

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
