#pragma once

#include <utility>

#include "base/result.h"
#include "tests/support/catch.h"

namespace stubkeeper::testing {

// The value of a result; fails the test with its error where it has none.
template <typename T>
T ok(Result<T> result) {
  INFO((result.ok() ? "" : result.error().text()));
  REQUIRE(result.ok());
  return std::move(result).value();
}

// The same for what has no value.
inline void ok(const Status& status) {
  INFO((status.ok() ? "" : status.error().text()));
  REQUIRE(status.ok());
}

}  // namespace stubkeeper::testing
