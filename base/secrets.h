#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace stubkeeper {

// Random bytes from the system's generator for secrets, in lower-case hexadecimal.
Result<std::string> random_secret(std::size_t bytes);

// Whether two texts are equal, in a time that depends on their lengths alone. Empty ones never are.
bool constant_time_equal(std::string_view a, std::string_view b);

}  // namespace stubkeeper
