#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
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
  // Its environment as "NAME=value"; nothing: this process's own.
  std::optional<std::vector<std::string>> environment = std::nullopt;
  // Asked several times a second; once it says no, the program is killed. Null: not asked.
  std::function<bool()> keep_going = nullptr;
};

struct SubprocessResult {
  int exit_code = 0;  // 128 + the signal's number where a signal ended it
  std::string output;
  int signal = 0;  // that ended it; 0: none
};

// Runs a program in a process group of its own, which is killed where it is not done in time. The output is in one
// allocation, so that a secret leaves no copies. Errors, each a clause: not_found (no such program), timeout,
// limit (more output than allowed), busy (keep_going said no), io (it cannot be started or read).
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
