#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "entries/checks/check.h"

namespace stubkeeper::cli {

// The findings of an earlier run of `check`, to tell new ones from them. A finding is known by its check, its file
// and its message, in which a number of days does not count; not by its line, which moves.
class KnownFindings {
 public:
  KnownFindings() = default;
  // Of the text that print() gives.
  explicit KnownFindings(std::string_view text);

  void add(const std::vector<entries::Finding>& findings);
  // Takes out those of a file and check for which this is false.
  void keep_if(const std::function<bool(const std::string& file, const std::string& check)>& is_kept);
  // Those that are not known, each as often as it is more.
  std::vector<entries::Finding> select_new(const std::vector<entries::Finding>& findings) const;
  // A line for each, in order.
  std::string print() const;

 private:
  std::multiset<std::string> lines_;
};

}  // namespace stubkeeper::cli
