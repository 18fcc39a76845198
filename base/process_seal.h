#pragma once

#include <string>
#include <vector>

namespace stubkeeper {

// How far this process could be sealed: by the kernel that it runs on.
struct ProcessSeal {
  bool files = false;    // none can be opened but those in the readable folders, to read
  bool network = false;  // no socket, and no process or other system call that parsing does not need
};

// Takes from this process, for good, what reading bytes does not need. On Linux by Landlock (kernel 5.13, where it
// is switched on) and seccomp (x86-64 and ARM64); without Landlock files can be opened to read only where there are
// readable folders, and then all. On a Mac by its sandbox's profile for pure computation, which leaves no folder
// readable. Elsewhere nothing is taken. The descriptors that are open stay open.
ProcessSeal seal_this_process(const std::vector<std::string>& readable_folders);

}  // namespace stubkeeper
