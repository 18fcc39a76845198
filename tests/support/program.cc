#include "tests/support/program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

extern char** environ;  // POSIX asks for the declaration

namespace stubkeeper::testing {
namespace {

struct Pipe {
  int read_end = -1;
  int write_end = -1;
  Pipe() {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    read_end = ends[0];
    write_end = ends[1];
    fcntl(read_end, F_SETFD, FD_CLOEXEC);
    fcntl(write_end, F_SETFD, FD_CLOEXEC);
  }
  ~Pipe() {
    close_read();
    close_write();
  }
  void close_read() {
    if (read_end >= 0) close(read_end);
    read_end = -1;
  }
  void close_write() {
    if (write_end >= 0) close(write_end);
    write_end = -1;
  }
};

std::vector<std::string> environment_of(const ProcessOptions& options) {
  std::vector<std::string> entries;
  for (const char* name : {"PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS",
                           "LSAN_OPTIONS", "TSAN_OPTIONS", "ASAN_SYMBOLIZER_PATH"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && !options.variables.contains(name))
      entries.push_back(std::string{name} + "=" + value);
  }
  for (const auto& [name, value] : options.variables) entries.push_back(name + "=" + value);
  return entries;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Everything that the program writes, without waiting for the one while the other fills up.
void read_output(int out, int err, ProgramResult& result) {
  std::array<pollfd, 2> ends{{{out, POLLIN, 0}, {err, POLLIN, 0}}};
  std::array<std::string*, 2> texts{&result.out, &result.err};
  int open = 2;
  while (open > 0) {
    if (poll(ends.data(), ends.size(), -1) < 0) continue;
    for (std::size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].fd < 0 || ends[i].revents == 0) continue;
      std::array<char, 65'536> buffer;
      const ssize_t count = read(ends[i].fd, buffer.data(), buffer.size());
      if (count > 0) {
        texts[i]->append(buffer.data(), static_cast<std::size_t>(count));
      } else {
        ends[i].fd = -1;
        --open;
      }
    }
  }
}

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Starts a program that nobody listens to.
pid_t start_detached(std::vector<std::string> words, const ProcessOptions& options) {
  std::vector<std::string> environment = environment_of(options);
  const auto argument_pointers = pointers_to(words);
  const auto environment_pointers = pointers_to(environment);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const int nowhere = open("/dev/null", O_RDWR);
    for (const int descriptor : {0, 1, 2}) dup2(nowhere, descriptor);
    execve(argument_pointers[0], argument_pointers.data(), environment_pointers.data());
    _exit(127);
  }
  return child;
}

}  // namespace

struct RunningProgram::State {
  TemporaryFolder scratch;
  Pipe out;
  Pipe err;
  pid_t child = -1;
};

RunningProgram::RunningProgram(const std::vector<std::string>& words, const ProcessOptions& options)
    : state_(std::make_unique<State>()) {
  std::vector<std::string> arguments = words;
  std::vector<std::string> environment = environment_of(options);
  const auto argument_pointers = pointers_to(arguments);
  const auto environment_pointers = pointers_to(environment);
  const std::string input_file = state_->scratch / "input";
  write_file(input_file, options.input);
  state_->child = fork();
  REQUIRE(state_->child >= 0);
  if (state_->child == 0) {
    const int input = open(input_file.c_str(), O_RDONLY);
    dup2(input, 0);
    dup2(state_->out.write_end, 1);
    dup2(state_->err.write_end, 2);
    if (!options.folder.empty() && chdir(options.folder.c_str()) != 0) _exit(126);
    environ = const_cast<char**>(environment_pointers.data());
    execvp(argument_pointers[0], argument_pointers.data());
    _exit(127);
  }
  state_->out.close_write();
  state_->err.close_write();
}

RunningProgram::~RunningProgram() {
  if (state_->child < 0) return;
  kill(state_->child, SIGKILL);
  waitpid(state_->child, nullptr, 0);
}

int RunningProgram::pid() const {
  return state_->child;
}

void RunningProgram::signal(int number) const {
  kill(state_->child, number);
}

ProgramResult RunningProgram::wait() {
  ProgramResult result;
  read_output(state_->out.read_end, state_->err.read_end, result);
  int status = 0;
  REQUIRE(waitpid(state_->child, &status, 0) == state_->child);
  state_->child = -1;
  result.exit_code = exit_code_of(status);
  return result;
}

ProgramResult run_program(const std::vector<std::string>& words, const ProcessOptions& options) {
  ProgramResult result = RunningProgram{words, options}.wait();
  INFO("the program " << words.front() << " can be started");
  REQUIRE(result.exit_code != 127);
  return result;
}

std::vector<std::string> stubkeeper_command(const std::vector<std::string>& arguments) {
  std::vector<std::string> words{STUBKEEPER_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return words;
}

ProgramResult run_stubkeeper(const std::vector<std::string>& arguments, const ProcessOptions& options) {
  return run_program(stubkeeper_command(arguments), options);
}

bool kill_stubkeeper_after(const std::vector<std::string>& arguments, long microseconds,
                           const ProcessOptions& options) {
  const pid_t child = start_detached(stubkeeper_command(arguments), options);
  std::this_thread::sleep_for(std::chrono::microseconds{microseconds});
  kill(child, SIGKILL);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  return WIFSIGNALED(status);
}

bool kill_stubkeeper_when(const std::vector<std::string>& arguments, const std::function<bool()>& condition,
                          const ProcessOptions& options) {
  const pid_t child = start_detached(stubkeeper_command(arguments), options);
  int status = 0;
  pid_t ended = 0;
  bool killed = false;
  while ((ended = waitpid(child, &status, killed ? 0 : WNOHANG)) == 0) {
    if (!condition()) continue;
    kill(child, SIGKILL);
    killed = true;
  }
  REQUIRE(ended == child);
  return WIFSIGNALED(status);
}

}  // namespace stubkeeper::testing
