#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/clock.h"

namespace stubkeeper::crawler {

// Whether a response leaves robots.txt unknown (RFC 9309 §2.3.1.4): none at all (0), a server
// error, and 429, which the RFC treats as any 4xx, though nobody should fetch more after it.
bool is_unreachable(int http_status);

// An origin's robots.txt as last fetched. While it is unreachable, the last known response stays in
// the record.
struct RobotsRecord {
  Timestamp fetched_at;  // last tried
  int http_status = 0;   // of the response, or of the last failure where there never was one
  std::string body;
  std::optional<Timestamp> unreachable_since;  // the first failure after the response
};

// The record after one more try with this status and body; 0 where there was no response.
RobotsRecord update_record(const std::optional<RobotsRecord>& kept, int http_status, std::string body,
                         Timestamp now);

// Stores robots.txt files between requests and runs, by origin ("https://example.org:8443").
class RobotsCache {
 public:
  virtual ~RobotsCache() = default;
  virtual std::optional<RobotsRecord> find(const std::string& origin) = 0;
  virtual void keep(const std::string& origin, const RobotsRecord& record) = 0;
};

// In memory.
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
