#pragma once

#include "base/result.h"

namespace stubkeeper::cli {

// DESIGN.md §8.
enum ExitCode : int {
  done = 0,
  failed_or_found = 1,  // failed, or `check`, `review list --exit-code`, `export --dry-run` found something
  invalid_usage = 2,
  partially_done = 3,
  locked = 4,
};

// The exit code of a command that ended with this error: the one place where errors become codes.
inline int to_exit_code(const Error& error) {
  switch (error.code) {
    case ErrorCode::invalid_argument:
      return invalid_usage;
    case ErrorCode::busy:
      return locked;
    default:
      return failed_or_found;
  }
}

}  // namespace stubkeeper::cli
