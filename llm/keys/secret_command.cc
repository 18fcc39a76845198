#include "llm/keys/api_key.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

extern char** environ;

namespace stubkeeper::llm {
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

Error failed(const std::string& what) {
  return Error{ErrorCode::io, "the command for the key " + what, "model.api_key_command",
               "run it yourself to see what it says"};
}

// The child, or its error number, negative. Only standard output goes to `output`.
int start(const std::string& command, int output) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawnattr_setpgroup(&attributes, 0);
  // posix_spawn takes what it does not change as not const.
  std::array<std::string, 3> words{"sh", "-c", command};
  std::array<char*, 4> arguments{words[0].data(), words[1].data(), words[2].data(), nullptr};
  pid_t child = -1;
  const int error = posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error == 0 ? child : -error;
}

enum class Reading { done, too_late, too_much, broken };

Reading read_all(int from, steady_clock::time_point deadline, std::size_t max_bytes, std::string& bytes) {
  // One allocation: growing would leave copies of the secret behind.
  bytes.reserve(max_bytes);
  std::array<char, 4096> buffer;
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now()).count();
    if (left <= 0) return Reading::too_late;
    pollfd wait{from, POLLIN, 0};
    const int ready = ::poll(&wait, 1, static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    if (ready < 0) return Reading::broken;
    if (ready == 0) return Reading::too_late;
    const ssize_t count = ::read(from, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Reading::broken;
    if (count == 0) return Reading::done;
    const bool fits = bytes.size() + static_cast<std::size_t>(count) <= max_bytes;
    if (fits) bytes.append(buffer.data(), static_cast<std::size_t>(count));
    buffer.fill(0);
    if (!fits) return Reading::too_much;
  }
}

// The exit status of a child that closed its output, or nothing where it is not done by the
// deadline.
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

}  // namespace

Result<Secret> run_secret_command(const std::string& command, milliseconds timeout, std::size_t max_bytes) {
  std::array<int, 2> ends{-1, -1};
  if (::pipe(ends.data()) != 0) return failed(std::string{"cannot be run: "} + std::strerror(errno));
  Descriptor read_end{ends[0]};
  Descriptor write_end{ends[1]};
  ::fcntl(read_end.number(), F_SETFD, FD_CLOEXEC);
  ::fcntl(write_end.number(), F_SETFD, FD_CLOEXEC);
  const auto deadline = steady_clock::now() + timeout;
  const int child = start(command, write_end.number());
  if (child < 0) return failed(std::string{"cannot be run: "} + std::strerror(-child));
  write_end.close();

  std::string bytes;
  Reading reading = read_all(read_end.number(), deadline, max_bytes, bytes);
  Secret output{bytes};
  std::fill(bytes.begin(), bytes.end(), '\0');
  const std::optional<int> status = reading == Reading::done ? wait_for(child, deadline) : std::nullopt;
  if (!status) {
    ::kill(-child, SIGKILL);
    int ignored = 0;
    ::waitpid(child, &ignored, 0);
    if (reading == Reading::done) reading = Reading::too_late;
  }
  if (reading == Reading::too_late)
    return failed("was not done after " + std::to_string(timeout.count()) + " ms");
  if (reading == Reading::too_much)
    return failed("printed more than " + std::to_string(max_bytes) + " bytes");
  if (reading == Reading::broken) return failed("could not be read from");
  if (!WIFEXITED(*status)) return failed("was ended by a signal");
  if (WEXITSTATUS(*status) != 0)
    return failed("failed with exit status " + std::to_string(WEXITSTATUS(*status)));
  return output;
}

}  // namespace stubkeeper::llm
