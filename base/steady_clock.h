#pragma once

#include <chrono>

namespace stubkeeper {

using SteadyTime = std::chrono::steady_clock::time_point;

// Time that never goes back, as a seam: tests let waits pass without waiting.
class SteadyClock {
 public:
  virtual ~SteadyClock() = default;
  virtual SteadyTime now() const = 0;
  virtual void sleep(std::chrono::milliseconds time) = 0;
};

// The machine's.
class SystemSteadyClock final : public SteadyClock {
 public:
  SteadyTime now() const override;
  void sleep(std::chrono::milliseconds time) override;
};

}  // namespace stubkeeper
