#pragma once

#include <string>
#include <vector>

namespace stubkeeper::testing {

// Pages before and after a change, which Hugo builds all at once: what it built before it must build after.
class HugoPages {
 public:
  void add(const std::string& before, const std::string& after);
  // A page that Hugo builds before its change and not after it, with what Hugo says; "" where there is none.
  std::string find_broken() const;

 private:
  struct Pair {
    std::string before;
    std::string after;
  };
  std::vector<Pair> pairs_;
};

}  // namespace stubkeeper::testing
