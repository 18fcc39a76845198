#pragma once

#include <map>
#include <optional>
#include <string>

#include "schema/base/clock.h"

namespace stubkeeper::crawler {

// A robots.txt as it was answered: status 0 where the host could not be reached.
struct RobotsRecord {
  Timestamp fetched_at;
  int http_status = 0;
  std::string body;
};

// Where robots.txt files are kept between requests and runs, by origin ("https://example.org:8443").
class RobotsCache {
 public:
  virtual ~RobotsCache() = default;
  virtual std::optional<RobotsRecord> find(const std::string& origin) = 0;
  virtual void keep(const std::string& origin, const RobotsRecord& record) = 0;
};

// Keeps them for the life of the object.
class MemoryRobotsCache final : public RobotsCache {
 public:
  std::optional<RobotsRecord> find(const std::string& origin) override {
    const auto found = records_.find(origin);
    if (found == records_.end()) return std::nullopt;
    return found->second;
  }
  void keep(const std::string& origin, const RobotsRecord& record) override { records_[origin] = record; }

 private:
  std::map<std::string, RobotsRecord> records_;
};

}  // namespace stubkeeper::crawler
