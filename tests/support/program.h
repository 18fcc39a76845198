#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace stubkeeper::testing {

// What came of a program that ended.
struct ProgramResult {
  int exit_code = -1;  // 128 + the signal's number where a signal ended it
  std::string out;
  std::string err;
};

// How a program is run: nothing of this process's environment but PATH, HOME, locale and sanitizer options
// goes in.
struct ProcessOptions {
  std::string folder;  // its current folder; "" for this process's
  std::map<std::string, std::string> variables;
  std::string input;
};

// A program under way, as a process of its own. It is killed where the object ends before it.
class RunningProgram {
 public:
  // Fails the test where it cannot be started.
  explicit RunningProgram(const std::vector<std::string>& words, const ProcessOptions& options = {});
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  int pid() const;
  void signal(int number) const;
  ProgramResult wait();  // for its end; once

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// stubkeeper itself, as it was built, as words to run.
std::vector<std::string> stubkeeper_command(const std::vector<std::string>& arguments);

// Runs a program to its end, as a process of its own. Fails the test where it cannot be started.
ProgramResult run_program(const std::vector<std::string>& words, const ProcessOptions& options = {});

// stubkeeper itself, as it was built, with these arguments.
ProgramResult run_stubkeeper(const std::vector<std::string>& arguments, const ProcessOptions& options = {});

// Starts stubkeeper and kills it with SIGKILL after so many microseconds, or lets it end before; whether it
// was killed.
bool kill_stubkeeper_after(const std::vector<std::string>& arguments, long microseconds,
                           const ProcessOptions& options = {});

// The same as soon as it has come so far, which is asked again and again while it runs.
bool kill_stubkeeper_when(const std::vector<std::string>& arguments, const std::function<bool()>& condition,
                          const ProcessOptions& options = {});

}  // namespace stubkeeper::testing
