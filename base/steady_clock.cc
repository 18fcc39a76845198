#include "base/steady_clock.h"

#include <thread>

namespace stubkeeper {

SteadyTime SystemSteadyClock::now() const {
  return std::chrono::steady_clock::now();
}

void SystemSteadyClock::sleep(std::chrono::milliseconds time) {
  std::this_thread::sleep_for(time);
}

}  // namespace stubkeeper
