#include "base/subprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <optional>

extern char** environ;

namespace stubkeeper {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Closed at the end of its scope.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

std::optional<std::array<int, 2>> open_pipe() {
  std::array<int, 2> ends{-1, -1};
  if (::pipe(ends.data()) != 0) return std::nullopt;
  for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
  return ends;
}

// The words as C takes them; valid as long as `words` is.
std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// The child, or its error number, negative.
int start(const SubprocessCommand& command, int input, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  if (command.input.empty()) {
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  } else {
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  }
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  if (command.with_errors) {
    posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  } else {
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  // posix_spawn takes what it does not change as not const.
  std::vector<std::string> words = command.arguments;
  const std::vector<char*> arguments = pointers_to(words);
  std::vector<std::string> variables = command.environment.value_or(std::vector<std::string>{});
  const std::vector<char*> environment = pointers_to(variables);
  pid_t child = -1;
  const int error = posix_spawnp(&child, arguments.front(), &actions, &attributes, arguments.data(),
                                 command.environment ? environment.data() : environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error == 0 ? child : -error;
}

enum class Exchange { done, too_late, too_much, stopped, broken };

// A wish to stop is heard within this time.
constexpr std::int64_t max_poll_ms = 100;

bool is_stopped(const SubprocessCommand& command) {
  return command.keep_going && !command.keep_going();
}

// Writes the input and reads all output.
Exchange exchange(const SubprocessCommand& command, Descriptor& to, int from,
                  steady_clock::time_point deadline, std::string& bytes) {
  bytes.reserve(command.max_output_bytes);
  std::string_view rest = command.input;
  if (rest.empty()) to.close();
  std::array<char, 4096> buffer;
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now()).count();
    if (left <= 0) return Exchange::too_late;
    if (is_stopped(command)) return Exchange::stopped;
    std::array<pollfd, 2> wait{pollfd{from, POLLIN, 0}, pollfd{to.number(), POLLOUT, 0}};
    const int ready = ::poll(wait.data(), wait.size(), static_cast<int>(std::min(left, max_poll_ms)));
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    if (ready < 0) return Exchange::broken;
    if ((wait[1].revents & (POLLERR | POLLHUP | POLLNVAL)) != 0) {
      to.close();
    } else if (wait[1].revents != 0) {
      const ssize_t count = ::write(to.number(), rest.data(), rest.size());
      if (count < 0 && errno != EINTR && errno != EAGAIN) rest = {};  // it reads no more
      if (count > 0) rest.remove_prefix(static_cast<std::size_t>(count));
      if (rest.empty()) to.close();
    }
    if (wait[0].revents == 0) continue;
    const ssize_t count = ::read(from, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Exchange::broken;
    if (count == 0) return Exchange::done;
    const bool fits = bytes.size() + static_cast<std::size_t>(count) <= command.max_output_bytes;
    if (fits) bytes.append(buffer.data(), static_cast<std::size_t>(count));
    buffer.fill(0);
    if (!fits) return Exchange::too_much;
  }
}

// The status of a child that closed its output, or nothing where it is not done by the deadline.
std::optional<int> wait_for(pid_t child, steady_clock::time_point deadline) {
  int status = 0;
  for (;;) {
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) return status;
    if (ended < 0 && errno != EINTR) return std::nullopt;
    if (steady_clock::now() >= deadline) return std::nullopt;
    ::poll(nullptr, 0, 10);
  }
}

Error failed(ErrorCode code, std::string message) {
  return Error{code, std::move(message), "", ""};
}

}  // namespace

Result<SubprocessResult> run_subprocess(const SubprocessCommand& command) {
  const auto input = open_pipe();
  if (!input) return failed(ErrorCode::io, std::string{"cannot be run: "} + std::strerror(errno));
  Descriptor input_read_end{(*input)[0]};
  Descriptor input_write_end{(*input)[1]};
  const auto output = open_pipe();
  if (!output) return failed(ErrorCode::io, std::string{"cannot be run: "} + std::strerror(errno));
  Descriptor read_end{(*output)[0]};
  Descriptor write_end{(*output)[1]};
  ::fcntl(input_write_end.number(), F_SETFL, O_NONBLOCK);
  const auto deadline = steady_clock::now() + command.timeout;
  const int child = start(command, input_read_end.number(), write_end.number());
  if (child < 0)
    return failed(child == -ENOENT ? ErrorCode::not_found : ErrorCode::io,
                  std::string{"cannot be run: "} + std::strerror(-child));
  input_read_end.close();
  write_end.close();

  SubprocessResult result;
  Exchange end = exchange(command, input_write_end, read_end.number(), deadline, result.output);
  const std::optional<int> status = end == Exchange::done ? wait_for(child, deadline) : std::nullopt;
  if (!status) {
    ::kill(-child, SIGKILL);
    int ignored = 0;
    while (::waitpid(child, &ignored, 0) < 0 && errno == EINTR) continue;
    if (end == Exchange::done) end = Exchange::too_late;
  }
  if (end == Exchange::too_late)
    return failed(ErrorCode::timeout,
                  "was not done after " + std::to_string(command.timeout.count()) + " ms");
  if (end == Exchange::too_much)
    return failed(ErrorCode::limit,
                  "printed more than " + std::to_string(command.max_output_bytes) + " bytes");
  if (end == Exchange::stopped) return failed(ErrorCode::busy, "was ended: the program was asked to stop");
  if (end == Exchange::broken) return failed(ErrorCode::io, "could not be read from");
  result.signal = WIFSIGNALED(*status) ? WTERMSIG(*status) : 0;
  result.exit_code = result.signal != 0 ? 128 + result.signal : WEXITSTATUS(*status);
  return result;
}

}  // namespace stubkeeper
