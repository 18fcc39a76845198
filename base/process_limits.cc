#include "base/process_limits.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <memory>
#include <new>

#include "base/sanitizers.h"

namespace stubkeeper {
namespace {

// For signal handlers.
volatile std::sig_atomic_t memory_exit_code = 1;
volatile pid_t parent = 0;
volatile std::uint64_t max_resident_bytes = 0;

std::uint64_t resident_peak() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
#ifdef __APPLE__
  return static_cast<std::uint64_t>(usage.ru_maxrss);
#else
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
#endif
}

void look_after(int) {
  if (resident_peak() > max_resident_bytes) ::_exit(memory_exit_code);
  if (::getppid() != parent) ::_exit(1);
}

// A library that is refused memory ends the process by itself; whether that was the reason shows in what it had
// taken, and in whether there is more.
void end_after_abort(int) {
  constexpr std::size_t probe_bytes = 64UL * 1024 * 1024;
  void* probe = ::mmap(nullptr, probe_bytes, PROT_READ, MAP_PRIVATE | MAP_ANON, -1, 0);
  if (probe == MAP_FAILED || resident_peak() > max_resident_bytes / 2) ::_exit(memory_exit_code);
  std::signal(SIGABRT, SIG_DFL);
  std::raise(SIGABRT);
}

void end_without_memory() {
  ::_exit(memory_exit_code);
}

void set_limit(int resource, std::uint64_t soft, std::uint64_t hard) {
  rlimit limit{};
  ::getrlimit(resource, &limit);
  // A stricter limit of who started the program stays.
  const auto within = [](rlim_t old, std::uint64_t wanted) {
    return old == RLIM_INFINITY || static_cast<std::uint64_t>(old) > wanted ? static_cast<rlim_t>(wanted)
                                                                            : old;
  };
  limit.rlim_max = within(limit.rlim_max, hard);
  limit.rlim_cur = within(limit.rlim_cur, soft);
  ::setrlimit(resource, &limit);
}

#ifdef __linux__
// The address space that is mapped now.
std::uint64_t mapped_bytes() {
  unsigned long long pages = 0;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file{std::fopen("/proc/self/statm", "re"),
                                                             std::fclose};
  if (file == nullptr || std::fscanf(file.get(), "%llu", &pages) != 1) return 0;
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}
#endif

void limit_address_space([[maybe_unused]] std::uint64_t bytes) {
#ifdef __linux__
  if (is_sanitized) return;
  const std::uint64_t mapped = mapped_bytes();
  if (mapped != 0) set_limit(RLIMIT_AS, mapped + bytes, mapped + bytes);
#endif
}

void start_looking_after() {
  struct sigaction look {};
  look.sa_handler = look_after;
  look.sa_flags = SA_RESTART;
  ::sigaction(SIGALRM, &look, nullptr);
  constexpr suseconds_t interval = 50'000;
  const itimerval timer{{0, interval}, {0, interval}};
  ::setitimer(ITIMER_REAL, &timer, nullptr);
}

}  // namespace

void limit_this_process(const ProcessLimits& limits) {
  memory_exit_code = limits.memory_exit_code;
  parent = ::getppid();
  max_resident_bytes = limits.memory_bytes;
  std::set_new_handler(end_without_memory);
  std::signal(SIGABRT, end_after_abort);
  std::signal(SIGXCPU, SIG_DFL);
  set_limit(RLIMIT_CORE, 0, 0);
  set_limit(RLIMIT_FSIZE, 0, 0);
  constexpr std::uint64_t max_descriptors = 64;
  set_limit(RLIMIT_NOFILE, max_descriptors, max_descriptors);
  set_limit(RLIMIT_NPROC, 0, 0);
  const auto seconds = static_cast<std::uint64_t>(limits.processor_time.count());
  set_limit(RLIMIT_CPU, seconds, seconds + 1);
  limit_address_space(limits.memory_bytes);
  start_looking_after();
}

void close_inherited_descriptors() {
  constexpr int max_descriptors = 4'096;
  for (int descriptor = 3; descriptor < max_descriptors; ++descriptor) ::close(descriptor);
}

}  // namespace stubkeeper
