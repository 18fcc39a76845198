#pragma once

#include <chrono>
#include <cstdint>

namespace stubkeeper {

// Limits that a process sets on itself, for good.
struct ProcessLimits {
  std::chrono::seconds processor_time{30};
  std::uint64_t memory_bytes = 500'000'000;  // resident, and beyond what is mapped at the beginning
  int memory_exit_code = 1;                  // with which it ends where it takes more
};

// Limits this process: processor time (SIGXCPU ends it), memory, no bytes into files, no core file, few
// descriptors, no process of its own; and ends it where its parent ends. Where the address space can be limited
// (RLIMIT_AS: not on a Mac, whose kernel does not heed it, and not under sanitizers, which map terabytes), an
// allocation beyond the limit ends it too; everywhere the resident memory is looked at twenty times a second.
// SIGALRM, the interval timer and the handler of new are used up.
void limit_this_process(const ProcessLimits& limits);

// Closes all descriptors but standard input, output and error.
void close_inherited_descriptors();

}  // namespace stubkeeper
