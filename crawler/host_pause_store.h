#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/clock.h"

namespace stubkeeper::crawler {

// Until when a host asked to be left alone, and how it said so.
struct HostPause {
  Timestamp until;
  std::string reason;  // "answered 429 Too Many Requests"
};

// Where it is kept that hosts asked to be left alone (429 or 503 with Retry-After), between requests and
// runs. A host is named as in Url::host_and_port().
class HostPauseStore {
 public:
  virtual ~HostPauseStore() = default;
  virtual std::optional<HostPause> find(const std::string& host) = 0;
  virtual void keep(const std::string& host, const HostPause& pause) = 0;
};

// Keeps them for the life of the object.
class MemoryHostPauseStore final : public HostPauseStore {
 public:
  std::optional<HostPause> find(const std::string& host) override {
    const auto found = pauses_.find(host);
    if (found == pauses_.end()) return std::nullopt;
    return found->second;
  }
  void keep(const std::string& host, const HostPause& pause) override { pauses_[host] = pause; }

 private:
  std::map<std::string, HostPause> pauses_;
};

}  // namespace stubkeeper::crawler
