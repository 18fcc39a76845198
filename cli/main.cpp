#include <pwd.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __APPLE__
#include <mach-o/dyld.h>
#endif

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "cli/environment.h"
#include "cli/program.h"
#include "crawler/reading/reader_process.h"

namespace {

volatile std::sig_atomic_t stop_requested = 0;
volatile std::sig_atomic_t stop_signal = 0;
volatile std::sig_atomic_t is_terminal_lent = 0;

// An end in order takes longer than this only where something does not look at keep_going. The store is whole at any
// instruction (docs/architecture.md, invariant 7), so nothing is lost by not waiting for it.
constexpr unsigned max_seconds_to_end = 2;

// The first signal, SIGINT or SIGTERM, asks the program to end in order; the second is the system's own again and
// ends it at once.
extern "C" void request_stop(int signal_number) {
  stop_requested = 1;
  stop_signal = signal_number;
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  if (is_terminal_lent == 0) ::alarm(max_seconds_to_end);
}

// As the second signal would.
extern "C" void end_at_once(int) {
  std::raise(stop_signal);
}

std::string login_name() {
  const passwd* user = ::getpwuid(::getuid());
  return user != nullptr && user->pw_name != nullptr ? user->pw_name : "unknown";
}

int terminal_columns() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 80;
}

// Runs `program argument` by the shell, so that EDITOR="code --wait" works; the argument is passed as $1 and
// never parsed.
int wait_at_terminal(const std::string& program, const std::string& argument) {
  const pid_t child = ::fork();
  if (child < 0) return -1;
  if (child == 0) {
    // In the shell's place, which would not outlive a Ctrl-C that is meant for the program; env, so that it may
    // begin with variables.
    const std::string script = "exec env " + program + " \"$1\"";
    ::execl("/bin/sh", "sh", "-c", script.c_str(), "sh", argument.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// The same, lent the terminal.
int run_at_terminal(const std::string& program, const std::string& argument) {
  // Its Ctrl-C comes here too, and the program waits for it however long it takes.
  is_terminal_lent = 1;
  const int status = wait_at_terminal(program, argument);
  is_terminal_lent = 0;
  if (stop_requested != 0) ::alarm(max_seconds_to_end);
  return status;
}

// However it was called: by a name that was found in PATH, by a link, by a relative path.
std::string executable_path(const std::string& called) {
  std::error_code error;
#ifdef __APPLE__
  std::uint32_t size = 0;
  _NSGetExecutablePath(nullptr, &size);
  std::string path(size, '\0');
  if (_NSGetExecutablePath(path.data(), &size) == 0) {
    const auto resolved = std::filesystem::canonical(path.c_str(), error);
    if (!error) return resolved.string();
  }
#else
  const auto resolved = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) return resolved.string();
#endif
  return std::filesystem::absolute(called, error).string();
}

}  // namespace

int main(int argc, char** argv) {
  using namespace stubkeeper;
  if (argc > 1 && argv[1] == crawler::reader_command) crawler::run_reader_process({argv + 2, argv + argc});
  // Without SA_RESTART, so that a question at the terminal ends too.
  struct sigaction stop {};
  stop.sa_handler = request_stop;
  sigaction(SIGINT, &stop, nullptr);
  sigaction(SIGTERM, &stop, nullptr);
  std::signal(SIGALRM, end_at_once);
  std::signal(SIGPIPE, SIG_IGN);

  const SystemClock clock;
  DiskFileSystem files;
  SystemSubprocessRunner subprocesses;
  std::error_code ignored;
  cli::Environment environment{
      std::cin,
      std::cout,
      std::cerr,
      ::isatty(STDIN_FILENO) == 1,
      ::isatty(STDOUT_FILENO) == 1,
      ::isatty(STDERR_FILENO) == 1,
      terminal_columns(),
      clock,
      files,
      subprocesses,
      std::filesystem::current_path(ignored).string(),
      login_name(),
      executable_path(argc > 0 ? argv[0] : "stubkeeper"),
      [](const std::string& name) -> std::string {
        const char* value = std::getenv(name.c_str());
        return value == nullptr ? "" : value;
      },
      run_at_terminal,
      [] { return stop_requested == 0; },
      [] { return cli::terminal_keyboard([] { return stop_requested == 0; }); },
  };
  const int code = cli::run_program(environment, {argv + 1, argv + argc});
  ::alarm(0);
  std::cout.flush();
  // A closed pipe or a full disk behind standard output is a failure, not a success without a result.
  return code == 0 && !std::cout.good() ? 1 : code;
}
