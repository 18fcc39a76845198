#pragma once

#include <functional>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "cli/program.h"
#include "tests/support/fake_clock.h"

namespace stubkeeper::testing {

// The program in this process, at a terminal of 100 columns that is made of streams.
struct StreamTerminal {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  FakeClock clock{"2026-11-23T10:00:00Z"};
  DiskFileSystem files;
  SystemSubprocessRunner subprocesses;
  std::map<std::string, std::string> variables{{"TERM", "xterm"}};
  // The editors and pagers that were called, with their options.
  std::vector<std::string> programs;
  // What they do to the file that they are given.
  std::function<void(const std::string& file)> editor;

  int run(const std::vector<std::string>& arguments, const std::string& typed) {
    in.str(typed);
    in.clear();
    out.str("");
    cli::Environment environment{in,    out,          err, true,   true,         true, 100, clock,
                                 files, subprocesses, "/", "jane", "stubkeeper", {},   {},  {}};
    environment.variable = [this](const std::string& name) {
      return variables.contains(name) ? variables.at(name) : "";
    };
    environment.run_at_terminal = [this](const std::string& program, const std::string& file) {
      programs.push_back(program);
      if (editor) editor(file);
      return 0;
    };
    environment.keep_going = [] { return true; };
    return cli::run_program(environment, arguments);
  }
};

}  // namespace stubkeeper::testing
