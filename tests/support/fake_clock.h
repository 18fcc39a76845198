#pragma once

#include "base/clock.h"

namespace stubkeeper::testing {

// A clock that stands still until a test moves it.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(const std::string& rfc3339_time) : now_(*parse_rfc3339(rfc3339_time)) {}
  Timestamp now() const override { return now_; }
  void advance(std::chrono::milliseconds by) { now_ += by; }
  void set(const std::string& rfc3339_time) { now_ = *parse_rfc3339(rfc3339_time); }
  void set(Timestamp time) { now_ = time; }

 private:
  Timestamp now_;
};

}  // namespace stubkeeper::testing
