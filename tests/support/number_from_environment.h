#pragma once

#include <cstdlib>

namespace stubkeeper::testing {

// A number that a person may set for a long round (CONTRIBUTING.md), such as STUBKEEPER_ROUNDS.
inline unsigned number_from_environment(const char* name, unsigned otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(value, nullptr, 10));
}

}  // namespace stubkeeper::testing
