#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/clock.h"

namespace stubkeeper::crawler {

// Whether an answer leaves it open what robots.txt says (RFC 9309 §2.3.1.4): none at all (0), a server's
// error, and "too many requests", after which nobody would fetch more although the RFC lets a 429 pass as any
// 4xx.
bool is_unreachable(int http_status);

// What is known of an origin's robots.txt. While it is unreachable, the last answer that said something stays
// in the record.
struct RobotsRecord {
  Timestamp fetched_at;  // when it was last asked for
  int http_status = 0;   // of that answer, or of the last failure where there never was one
  std::string body;
  std::optional<Timestamp> unreachable_since;  // the first of the failures since then
};

// What is known after one more try: `http_status` and `body` as answered, 0 where there was no answer.
RobotsRecord update_record(const std::optional<RobotsRecord>& kept, int http_status, std::string body,
                         Timestamp now);

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
