#pragma once

#include <cstddef>
#include <functional>

namespace stubkeeper {

// Calls `work` once with each index in [0, count), on up to `max_threads` threads, of which the caller's is
// one; returns when all calls have. For work that waits (for the disk), or that the processor's cores can
// share. `work` is called for different indices at the same time, in any order, and throws nothing. Where the
// system gives no more threads, fewer do it.
void parallel_for(std::size_t count, std::size_t max_threads,
                      const std::function<void(std::size_t)>& work);

}  // namespace stubkeeper
