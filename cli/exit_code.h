#pragma once

#include "base/result.h"

namespace stubkeeper::cli {

// DESIGN.md §8.
enum ExitCode : int {
  done = 0,
  failed_or_found = 1,  // failed, or `check`, `review list --exit-code`, `export --dry-run` found something
  wrong_usage = 2,
  done_in_part = 3,
  locked = 4,
};

// The exit code of a command that ended with this error: the one place where errors become codes.
inline int exit_code_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::invalid_argument:
      return wrong_usage;
    case ErrorCode::busy:
      return locked;
    default:
      return failed_or_found;
  }
}

}  // namespace stubkeeper::cli
