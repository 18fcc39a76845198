#pragma once

#include <functional>
#include <iosfwd>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/file_system.h"
#include "base/subprocess.h"
#include "cli/terminal/keyboard.h"

namespace stubkeeper::cli {

// The world as the program sees it, passed in so that tests can call it without a process. Results
// go to `out`, progress and diagnostics to `err`.
struct Environment {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  int columns = 80;  // of the terminal
  const Clock& clock;
  FileSystem& files;
  SubprocessRunner& subprocesses;
  std::string current_folder;
  std::string login_name;
  std::string program;  // the absolute path of this executable
  // The value of an environment variable, or "".
  std::function<std::string(const std::string& name)> variable;
  // Runs a program at the terminal and waits for it; its exit status, or -1 where it cannot be
  // started.
  std::function<int(const std::string& program, const std::string& argument)> run_at_terminal;
  // False once the user has asked the program to stop (Ctrl-C, SIGTERM).
  std::function<bool()> keep_going;
  // The keys of the terminal, one by one. Not set: those of `in`.
  std::function<std::unique_ptr<Keyboard>()> open_keyboard = nullptr;

  // Whether colours may go to `out`: a terminal, TERM not "dumb", and NO_COLOR empty
  // (no-color.org).
  bool colour() const;
};

}  // namespace stubkeeper::cli
