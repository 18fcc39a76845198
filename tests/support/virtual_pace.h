#pragma once

#include <atomic>

#include "crawler/pacing_clock.h"

namespace stubkeeper::testing {

// Time that passes only where somebody waits. Readable from server threads, so that a handler can note when
// it was asked.
class VirtualPace final : public crawler::PacingClock {
 public:
  crawler::SteadyTime now() const override { return crawler::SteadyTime{std::chrono::milliseconds{now_}}; }
  void wait(std::chrono::milliseconds time) override { now_ += time.count(); }
  std::chrono::milliseconds passed() const { return std::chrono::milliseconds{now_}; }

 private:
  std::atomic<std::int64_t> now_{0};
};

}  // namespace stubkeeper::testing
