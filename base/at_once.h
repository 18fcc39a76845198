#pragma once

#include <cstddef>
#include <functional>

namespace stubkeeper {

// Calls `work` once with each index in [0, count), on up to `most_threads` threads, of which the caller's is
// one; returns when all calls have. For work that waits (for the disk), or that the processor's cores can
// share. `work` is called for different indices at the same time, in any order, and throws nothing. Where the
// system gives no more threads, fewer do it.
void for_each_at_once(std::size_t count, std::size_t most_threads,
                      const std::function<void(std::size_t)>& work);

}  // namespace stubkeeper
