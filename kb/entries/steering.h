#pragma once

#include <string>
#include <vector>

#include "kb/store/store.h"

namespace stubkeeper::kb {

// An editorial rule in Markdown: the text below one heading.
struct SteeringRule {
  std::string path;     // of the part of the tree that it applies to; "" for all
  std::string heading;  // without '#'
  std::string text;
};

// The editorial rules of the section. Borrows the store.
class Steering {
 public:
  explicit Steering(Store& store) : store_(store) {}
  Status replace_all(const std::vector<SteeringRule>& rules);
  // The rules for an entry: the global ones and those of its ancestors, from the top down.
  Result<std::vector<SteeringRule>> for_entry(const std::string& entry_path);

 private:
  Store& store_;
};

// Splits a steering text at its headings of levels 2 and 3. A heading that names a part of the
// tree, as in "… (`research/energy/nuclear/`)", makes its rule apply below that path (without the
// first folder); the others apply to `default_path`.
std::vector<SteeringRule> split_steering(const std::string& markdown, const std::string& default_path);

}  // namespace stubkeeper::kb
