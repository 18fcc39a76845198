#include "tests/support/pseudo_terminal.h"

#include <fcntl.h>
#if defined(__APPLE__)
#include <util.h>
#else
#include <pty.h>
#endif
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>

#include "tests/support/catch.h"

extern char** environ;  // POSIX asks for the declaration

namespace stubkeeper::testing {
namespace {

void write_text(const char* text) {
  static_cast<void>(!write(STDOUT_FILENO, text, std::strlen(text)));
}

// Runs the program in the foreground, as a shell with job control does, and ends with its status.
[[noreturn]] void run_as_shell(char* const* words) {
  signal(SIGTTOU, SIG_IGN);
  termios initial_mode{};
  tcgetattr(STDIN_FILENO, &initial_mode);
  const pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0);
    tcsetpgrp(STDIN_FILENO, getpgrp());
    signal(SIGTTOU, SIG_DFL);
    execve(words[0], words, environ);
    _exit(127);
  }
  setpgid(child, child);
  for (;;) {
    int status = 0;
    if (waitpid(child, &status, WUNTRACED) < 0) continue;
    if (!WIFSTOPPED(status)) _exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    tcsetpgrp(STDIN_FILENO, getpgrp());
    termios now{};
    tcgetattr(STDIN_FILENO, &now);
    if (now.c_lflag == initial_mode.c_lflag) write_text("[as found]");
    write_text("[stopped]");
    char byte = 0;
    while (read(STDIN_FILENO, &byte, 1) == 1 && byte != '\n') {
    }
    tcsetpgrp(STDIN_FILENO, child);
    kill(-child, SIGCONT);
  }
}

}  // namespace

PseudoTerminal::PseudoTerminal(const std::vector<std::string>& arguments,
                               const std::map<std::string, std::string>& variables, int columns, int rows) {
  std::vector<std::string> words{STUBKEEPER_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> environment;
  for (const char* name : {"PATH", "HOME", "LANG", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && !variables.contains(name)) environment.push_back(std::string{name} + "=" + value);
  }
  for (const auto& [name, value] : variables) environment.push_back(name + "=" + value);
  const auto pointers_to = [](std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
  };
  const auto word_pointers = pointers_to(words);
  const auto environment_pointers = pointers_to(environment);
  winsize size{static_cast<unsigned short>(rows), static_cast<unsigned short>(columns), 0, 0};
  shell_ = forkpty(&master_, nullptr, nullptr, &size);
  REQUIRE(shell_ >= 0);
  if (shell_ == 0) {
    environ = const_cast<char**>(environment_pointers.data());
    run_as_shell(word_pointers.data());
  }
  fcntl(master_, F_SETFD, FD_CLOEXEC);
}

PseudoTerminal::~PseudoTerminal() {
  // The end of the session's terminal ends what still runs at it.
  if (master_ >= 0) close(master_);
  if (shell_ <= 0) return;
  kill(shell_, SIGKILL);
  waitpid(shell_, nullptr, 0);
}

void PseudoTerminal::type(const std::string& keys) {
  REQUIRE(write(master_, keys.data(), keys.size()) == static_cast<ssize_t>(keys.size()));
}

void PseudoTerminal::resize(int columns, int rows) {
  winsize size{static_cast<unsigned short>(rows), static_cast<unsigned short>(columns), 0, 0};
  REQUIRE(ioctl(master_, TIOCSWINSZ, &size) == 0);
}

bool PseudoTerminal::read_more() {
  std::array<char, 4096> buffer;
  const ssize_t count = read(master_, buffer.data(), buffer.size());
  if (count <= 0) return false;
  written_.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

std::string PseudoTerminal::wait_for(const std::string& words) {
  for (;;) {
    const std::size_t found = written_.find(words, read_position_);
    if (found != std::string::npos) {
      const std::size_t end = found + words.size();
      std::string seen = written_.substr(read_position_, end - read_position_);
      read_position_ = end;
      return seen;
    }
    if (!read_more()) {
      std::string rest = written_.substr(read_position_);
      read_position_ = written_.size();
      return rest;
    }
  }
}

void PseudoTerminal::close_terminal() {
  close(master_);
  master_ = -1;
}

int PseudoTerminal::wait_for_end(std::string* rest) {
  while (master_ >= 0 && read_more()) {
  }
  if (rest != nullptr) *rest = written_.substr(read_position_);
  int status = 0;
  REQUIRE(waitpid(shell_, &status, 0) == shell_);
  shell_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace stubkeeper::testing
