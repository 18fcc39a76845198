#pragma once

#include <cstddef>
#include <functional>

namespace stubkeeper {

// Calls `work` once with each index in [0, count) and returns after the last call. Calls run in any order on
// up to `max_threads` threads, the caller's among them; fewer where the system gives no more. `work` throws
// nothing.
void parallel_for(std::size_t count, std::size_t max_threads, const std::function<void(std::size_t)>& work);

}  // namespace stubkeeper
