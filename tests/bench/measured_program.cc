#include "tests/bench/measured_program.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <iostream>

namespace stubkeeper::bench {

Cost run_measured(const std::vector<std::string>& words, bool may_fail) {
  std::vector<std::string> copies = words;
  std::vector<char*> arguments;
  for (std::string& word : copies) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    const int nowhere = open("/dev/null", O_WRONLY);
    dup2(nowhere, 1);
    dup2(nowhere, 2);
    execvp(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  const std::chrono::duration<double, std::milli> spent = std::chrono::steady_clock::now() - start;
  const bool failed =
      !WIFEXITED(status) || WEXITSTATUS(status) == 127 || (WEXITSTATUS(status) != 0 && !may_fail);
  if (failed) {
    std::cerr << "the benchmark cannot go on:";
    for (const std::string& word : words) std::cerr << ' ' << word;
    std::cerr << " failed\n";
    std::exit(1);
  }
#ifdef __APPLE__
  constexpr double units_per_megabyte = 1'000'000;  // bytes
#else
  constexpr double units_per_megabyte = 1'000'000 / 1024.0;  // KiB
#endif
  const auto milliseconds_of = [](const timeval& time) {
    return 1000 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1000;
  };
  return {spent.count(), milliseconds_of(usage.ru_utime) + milliseconds_of(usage.ru_stime),
          static_cast<double>(usage.ru_maxrss) / units_per_megabyte};
}

}  // namespace stubkeeper::bench
