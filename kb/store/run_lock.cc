#include "kb/store/run_lock.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace stubkeeper::kb {

Result<RunLock> RunLock::acquire(const std::string& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0)
    return Error{ErrorCode::io, std::string{"cannot be opened: "} + std::strerror(errno), file, ""};
  RunLock lock{descriptor};
  struct flock range {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  if (::fcntl(descriptor, F_SETLK, &range) != 0) {
    if (errno != EACCES && errno != EAGAIN)
      return Error{ErrorCode::io, std::string{"cannot be locked: "} + std::strerror(errno), file, ""};
    char holder[32] = {};
    const ssize_t length = ::pread(descriptor, holder, sizeof holder - 1, 0);
    const std::string process{holder, length > 0 ? static_cast<std::size_t>(length) : 0};
    return Error{ErrorCode::busy,
                 "another run holds the lock" + (process.empty() ? "" : " (process " + process + ")"), file,
                 "wait until it is done; a lock is never left behind by a run that died"};
  }
  // The number is for the message above; the lock itself is the system's.
  const std::string process = std::to_string(::getpid());
  if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, process.data(), process.size(), 0) < 0) {
    return Error{ErrorCode::io, std::string{"cannot be written: "} + std::strerror(errno), file, ""};
  }
  return lock;
}

RunLock::~RunLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

RunLock::RunLock(RunLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

RunLock& RunLock::operator=(RunLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

}  // namespace stubkeeper::kb
