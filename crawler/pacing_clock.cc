#include "crawler/pacing_clock.h"

#include <thread>

namespace stubkeeper::crawler {

SteadyTime SystemPacingClock::now() const {
  return std::chrono::steady_clock::now();
}

void SystemPacingClock::wait(std::chrono::milliseconds time) {
  std::this_thread::sleep_for(time);
}

}  // namespace stubkeeper::crawler
