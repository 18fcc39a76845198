#include "base/parallel_for.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace stubkeeper {

void parallel_for(std::size_t count, std::size_t max_threads,
                      const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto run_worker = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < std::min(count, max_threads); ++i) {
    try {
      others.emplace_back(run_worker);
    } catch (const std::system_error&) {
      break;
    }
  }
  run_worker();
  for (std::thread& other : others) other.join();
}

}  // namespace stubkeeper
