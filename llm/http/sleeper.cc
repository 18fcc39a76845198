#include "llm/http/sleeper.h"

#include <thread>

namespace stubkeeper::llm {

std::chrono::milliseconds SystemSleeper::now() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now().time_since_epoch());
}

void SystemSleeper::sleep(std::chrono::milliseconds time) {
  std::this_thread::sleep_for(time);
}

}  // namespace stubkeeper::llm
