#include "base/seccomp_filter.h"

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/sanitizers.h"

namespace stubkeeper {
namespace {

#ifdef __x86_64__
constexpr std::uint32_t architecture = AUDIT_ARCH_X86_64;
#else
constexpr std::uint32_t architecture = AUDIT_ARCH_AARCH64;
#endif

// Of allocators, libraries, sanitizers and the end of the process. None makes a socket, a process or a file.
constexpr std::array allowed_calls = std::to_array<std::uint32_t>({
    SYS_read,           SYS_readv,         SYS_pread64,      SYS_write,           SYS_writev,
    SYS_close,          SYS_lseek,         SYS_fstat,        SYS_newfstatat,      SYS_faccessat,
    SYS_getdents64,     SYS_readlinkat,    SYS_fcntl,        SYS_getcwd,          SYS_statfs,
    SYS_fstatfs,        SYS_mmap,          SYS_munmap,       SYS_mremap,          SYS_mprotect,
    SYS_madvise,        SYS_brk,           SYS_futex,        SYS_membarrier,      SYS_rt_sigaction,
    SYS_rt_sigprocmask, SYS_rt_sigreturn,  SYS_sigaltstack,  SYS_setitimer,       SYS_restart_syscall,
    SYS_exit,           SYS_exit_group,    SYS_tgkill,       SYS_getpid,          SYS_getppid,
    SYS_gettid,         SYS_getuid,        SYS_geteuid,      SYS_getgid,          SYS_getegid,
    SYS_getrusage,      SYS_clock_gettime, SYS_clock_getres, SYS_clock_nanosleep, SYS_nanosleep,
    SYS_gettimeofday,   SYS_times,         SYS_getrandom,    SYS_sched_yield,     SYS_sched_getaffinity,
    SYS_sysinfo,        SYS_uname,
#ifdef SYS_faccessat2
    SYS_faccessat2,
#endif
#ifdef SYS_rseq
    SYS_rseq,
#endif
#ifdef SYS_statx
    SYS_statx,
#endif
#ifdef __x86_64__
    SYS_stat,           SYS_lstat,         SYS_access,       SYS_readlink,        SYS_time,
#endif
});

sock_filter statement(std::uint16_t code, std::uint32_t value) {
  return sock_filter{code, 0, 0, value};
}

sock_filter jump(std::uint16_t condition, std::uint32_t value, std::uint8_t if_true, std::uint8_t if_false) {
  return sock_filter{static_cast<std::uint16_t>(BPF_JMP | condition | BPF_K), if_true, if_false, value};
}

sock_filter load(std::size_t offset) {
  return statement(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
}

sock_filter decide(std::uint32_t action) {
  return statement(BPF_RET | BPF_K, action);
}

constexpr std::uint32_t refuse = SECCOMP_RET_ERRNO | (EPERM & SECCOMP_RET_DATA);

// Allows a call whose argument has none of these bits; both machines are little-endian.
void allow_without_bits(std::vector<sock_filter>& filter, std::uint32_t call, int argument,
                        std::uint32_t bits) {
  filter.push_back(jump(BPF_JEQ, call, 0, 4));
  filter.push_back(
      load(offsetof(seccomp_data, args) + static_cast<std::size_t>(argument) * sizeof(std::uint64_t)));
  filter.push_back(jump(BPF_JSET, bits, 0, 1));
  filter.push_back(decide(refuse));
  filter.push_back(decide(SECCOMP_RET_ALLOW));
}

std::vector<sock_filter> make_filter(bool can_read_files) {
  std::vector<sock_filter> filter{
      load(offsetof(seccomp_data, arch)),
      jump(BPF_JEQ, architecture, 1, 0),
      decide(SECCOMP_RET_KILL_PROCESS),
      load(offsetof(seccomp_data, nr)),
  };
  for (const std::uint32_t call : allowed_calls) {
    filter.push_back(jump(BPF_JEQ, call, 0, 1));
    filter.push_back(decide(SECCOMP_RET_ALLOW));
  }
  // By which a sanitizer finds out what memory is there.
  if (is_sanitized) {
    filter.push_back(jump(BPF_JEQ, SYS_pipe2, 0, 1));
    filter.push_back(decide(SECCOMP_RET_ALLOW));
  }
  if (can_read_files) {
    constexpr std::uint32_t writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
    allow_without_bits(filter, SYS_openat, 2, writing);
#ifdef SYS_open
    allow_without_bits(filter, SYS_open, 1, writing);
#endif
  }
  filter.push_back(decide(refuse));
  return filter;
}

}  // namespace

bool install_seccomp_filter(bool can_read_files) {
  std::vector<sock_filter> filter = make_filter(can_read_files);
  const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace stubkeeper

#else

namespace stubkeeper {

bool install_seccomp_filter(bool) {
  return false;
}

}  // namespace stubkeeper

#endif
