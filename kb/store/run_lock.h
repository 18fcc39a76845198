#pragma once

#include <string>

#include "base/result.h"

namespace stubkeeper::kb {

// Held while a refresh (or an export) runs, so that there is one at a time: an advisory lock (fcntl) on a
// file, released by the system when the process ends, however it ends.
class RunLock {
 public:
  // busy where another process holds it; the message names its process id.
  static Result<RunLock> acquire(const std::string& file);
  ~RunLock();
  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&& other) noexcept;
  RunLock(const RunLock&) = delete;
  RunLock& operator=(const RunLock&) = delete;

 private:
  explicit RunLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace stubkeeper::kb
