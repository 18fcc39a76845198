#pragma once

#include "llm/http/sleeper.h"

namespace stubkeeper::testing {

// Lets time pass at once: now() is the sum of what was slept.
class FakeSleeper final : public llm::Sleeper {
 public:
  std::chrono::milliseconds now() const override { return now_; }
  void sleep(std::chrono::milliseconds time) override { now_ += time; }

 private:
  std::chrono::milliseconds now_{0};
};

}  // namespace stubkeeper::testing
