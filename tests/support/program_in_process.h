#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "cli/program.h"
#include "tests/support/fake_clock.h"
#include "tests/support/program.h"

namespace stubkeeper::testing {

// stubkeeper within the test's own process, by a clock of the test's, as the user jane without a terminal.
// For tests that are linked with the program's parts.
class ProgramInProcess {
 public:
  // `files`: not owned; the machine's own where there are none.
  explicit ProgramInProcess(const std::string& now, FileSystem* files = nullptr)
      : clock(now), files_(files == nullptr ? disk_ : *files) {}

  ProgramResult run(const std::vector<std::string>& words) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    cli::Environment environment{in,     out,           err, false,  false,   false, 80, clock,
                                 files_, subprocesses_, "/", "jane", program, {},    {}, {}};
    environment.variable = [](const std::string&) { return std::string{}; };
    environment.keep_going = [] { return true; };
    const int exit_code = cli::run_program(environment, words);
    return {exit_code, out.str(), err.str()};
  }

  FakeClock clock;
  std::string program = "stubkeeper";  // the executable, which heavy documents are read by

 private:
  DiskFileSystem disk_;
  FileSystem& files_;
  SystemSubprocessRunner subprocesses_;
};

}  // namespace stubkeeper::testing
