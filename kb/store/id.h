#pragma once

#include <cstdint>

namespace stubkeeper::kb {

// The number of a row; 0 is none.
using Id = std::int64_t;

}  // namespace stubkeeper::kb
