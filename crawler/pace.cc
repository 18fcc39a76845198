#include "crawler/pace.h"

#include <thread>

namespace stubkeeper::crawler {

SteadyTime SystemPace::now() const {
  return std::chrono::steady_clock::now();
}

void SystemPace::wait(std::chrono::milliseconds time) {
  std::this_thread::sleep_for(time);
}

}  // namespace stubkeeper::crawler
