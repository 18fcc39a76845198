#pragma once

#include <chrono>
#include <thread>

namespace stubkeeper::crawler {

using SteadyTime = std::chrono::steady_clock::time_point;

// The monotonic clock of the delays between requests to one host; tests have a fake.
class PacingClock {
 public:
  virtual ~PacingClock() = default;
  virtual SteadyTime now() const = 0;
  // Called when no transfer is in progress.
  virtual void wait(std::chrono::milliseconds time) = 0;
};

// The system's steady clock.
class SystemPacingClock final : public PacingClock {
 public:
  SteadyTime now() const override { return std::chrono::steady_clock::now(); }
  void wait(std::chrono::milliseconds time) override { std::this_thread::sleep_for(time); }
};

}  // namespace stubkeeper::crawler
