#pragma once

#include <chrono>

namespace stubkeeper::crawler {

using SteadyTime = std::chrono::steady_clock::time_point;

// The time that requests are spaced by, as a seam: delays between requests to one host pass in it, transfers
// do not. It never goes back.
class PacingClock {
 public:
  virtual ~PacingClock() = default;
  virtual SteadyTime now() const = 0;
  // Lets `time` pass while nothing is under way.
  virtual void wait(std::chrono::milliseconds time) = 0;
};

// The machine's.
class SystemPacingClock final : public PacingClock {
 public:
  SteadyTime now() const override;
  void wait(std::chrono::milliseconds time) override;
};

}  // namespace stubkeeper::crawler
