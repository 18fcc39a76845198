#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/clock.h"

namespace stubkeeper::crawler {

// A host's request to be left alone (429 or 503 with Retry-After).
struct HostPause {
  Timestamp until;
  std::string reason;  // "answered 429 Too Many Requests"
};

// Stores them between requests and runs. A host is named as by Url::host_and_port().
class HostPauseStore {
 public:
  virtual ~HostPauseStore() = default;
  virtual std::optional<HostPause> find(const std::string& host) = 0;
  virtual void keep(const std::string& host, const HostPause& pause) = 0;
};

// In memory.
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
