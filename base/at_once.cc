#include "base/at_once.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace stubkeeper {

void for_each_at_once(std::size_t count, std::size_t most_threads,
                      const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto take_from_the_rest = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < std::min(count, most_threads); ++i) {
    try {
      others.emplace_back(take_from_the_rest);
    } catch (const std::system_error&) {
      break;
    }
  }
  take_from_the_rest();
  for (std::thread& other : others) other.join();
}

}  // namespace stubkeeper
