#pragma once

#include <map>
#include <optional>
#include <string>

#include "crawler/http_fetcher.h"
#include "crawler/robots.h"

namespace stubkeeper::testing {

// What is known of robots.txt files, in memory.
class MemoryRobotsCache final : public crawler::RobotsCache {
 public:
  std::optional<crawler::RobotsRecord> find(const std::string& origin) override {
    const auto found = records_.find(origin);
    if (found == records_.end()) return std::nullopt;
    return found->second;
  }
  void keep(const std::string& origin, const crawler::RobotsRecord& record) override { records_[origin] = record; }

 private:
  std::map<std::string, crawler::RobotsRecord> records_;
};

// Pauses of hosts, in memory.
class MemoryHostPauseStore final : public crawler::HostPauseStore {
 public:
  std::optional<crawler::HostPause> find(const std::string& host) override {
    const auto found = pauses_.find(host);
    if (found == pauses_.end()) return std::nullopt;
    return found->second;
  }
  void keep(const std::string& host, const crawler::HostPause& pause) override { pauses_[host] = pause; }

 private:
  std::map<std::string, crawler::HostPause> pauses_;
};

}  // namespace stubkeeper::testing
