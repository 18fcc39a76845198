#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/bench/measured_program.h"

namespace stubkeeper::bench {

// The costs of some commands over several runs, by name in the order of their first run.
class Table {
 public:
  void add(const std::string& name, const Cost& cost);
  // One line a command on standard output: wall clock in milliseconds (least, median, most) and the
  // processor's time (median), the medians also as multiples of the peer's, and the largest resident memory.
  // `peer` is one of the names.
  void print(const std::string& peer) const;

  double median_milliseconds(const std::string& name) const;
  double max_megabytes(const std::string& name) const;

 private:
  std::vector<std::string> names_;
  std::map<std::string, std::vector<Cost>> costs_;
};

}  // namespace stubkeeper::bench
