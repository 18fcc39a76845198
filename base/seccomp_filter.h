#pragma once

namespace stubkeeper {

// Refuses this process, for good, all system calls but those that a parser needs: memory, time, and reading and
// writing what is open. Files can be opened only where `can_read_files`, and only to be read. A refused call fails
// with EPERM. Linux on x86-64 and ARM64; false elsewhere, and where the kernel has no filters. The process has no new
// privileges (PR_SET_NO_NEW_PRIVS) before.
bool install_seccomp_filter(bool can_read_files);

}  // namespace stubkeeper
