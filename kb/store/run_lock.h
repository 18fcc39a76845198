#pragma once

#include <string>

#include "base/result.h"

namespace stubkeeper::kb {

// An advisory lock (fcntl) on a file, held while a refresh or an export runs. The system releases
// it when the process ends, however it ends.
class RunLock {
 public:
  // busy where another process holds it; the message has its process id.
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
