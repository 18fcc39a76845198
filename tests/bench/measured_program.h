#pragma once

#include <string>
#include <vector>

namespace stubkeeper::bench {

// What one run of a program cost, as the system counts it for the whole process.
struct Cost {
  double milliseconds = 0;  // of wall clock
  double processor_milliseconds = 0;
  double megabytes = 0;  // of memory at most (resident)
};

// Runs a program with its output thrown away, errors too. Ends this program with a message where it fails,
// except where `may_fail`.
Cost run_measured(const std::vector<std::string>& words, bool may_fail = false);

}  // namespace stubkeeper::bench
