#pragma once

#include <chrono>

namespace stubkeeper::llm {

// Time that passes between attempts, as a seam: tests let it pass without waiting.
class Sleeper {
 public:
  virtual ~Sleeper() = default;
  // Steady: it never goes back, and counts from no point in particular.
  virtual std::chrono::milliseconds now() const = 0;
  virtual void sleep(std::chrono::milliseconds time) = 0;
};

// The machine's steady clock, and real waiting.
class SystemSleeper final : public Sleeper {
 public:
  std::chrono::milliseconds now() const override;
  void sleep(std::chrono::milliseconds time) override;
};

}  // namespace stubkeeper::llm
