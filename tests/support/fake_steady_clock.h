#pragma once

#include <atomic>

#include "base/steady_clock.h"

namespace stubkeeper::testing {

// Time that passes only where somebody waits. Readable from server threads, so that a handler can note when
// it was asked.
class FakeSteadyClock final : public SteadyClock {
 public:
  SteadyTime now() const override { return SteadyTime{passed()}; }
  void sleep(std::chrono::milliseconds time) override { passed_ += time.count(); }
  std::chrono::milliseconds passed() const { return std::chrono::milliseconds{passed_}; }

 private:
  std::atomic<std::int64_t> passed_{0};
};

}  // namespace stubkeeper::testing
