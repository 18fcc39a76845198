#pragma once

#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

#include "base/result.h"

namespace stubkeeper::bench {

// What a benchmark cannot do without: ends this program with a message where it went wrong.
[[noreturn]] inline void fail_benchmark(const std::string& why) {
  std::cerr << "the benchmark cannot go on: " << why << '\n';
  std::exit(1);
}

template <typename T>
T value_or_exit(Result<T> result) {
  if (!result.ok()) fail_benchmark(result.error().text());
  return std::move(result).value();
}

}  // namespace stubkeeper::bench
