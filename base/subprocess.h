#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace stubkeeper {

// A program to be run without a terminal.
struct SubprocessCommand {
  std::vector<std::string> arguments;  // the program first: a path, or a name that is looked for in PATH
  std::string_view input;              // its standard input; else /dev/null
  std::chrono::milliseconds timeout{10'000};
  std::size_t max_output_bytes = 1'000'000;
  bool with_errors = false;  // standard error goes to the output too; else nowhere
};

struct SubprocessResult {
  int exit_code = 0;
  std::string output;
};

// Runs a program in a process group of its own, which is killed where it is not done in time. The output is in one
// allocation, so that a secret leaves no copies. Errors, each a clause: not_found (no such program), timeout,
// limit (more output than allowed), io (it cannot be started or read, or a signal ended it).
Result<SubprocessResult> run_subprocess(const SubprocessCommand& command);

// Runs programs, as a seam. For one thread at a time.
class SubprocessRunner {
 public:
  virtual ~SubprocessRunner() = default;
  virtual Result<SubprocessResult> run(const SubprocessCommand& command) = 0;
};

class SystemSubprocessRunner final : public SubprocessRunner {
 public:
  Result<SubprocessResult> run(const SubprocessCommand& command) override { return run_subprocess(command); }
};

}  // namespace stubkeeper
