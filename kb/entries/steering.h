#pragma once

#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Editorial rules in Markdown, one heading's worth each. Borrows the store.
struct SteeringRule {
  std::string path;     // the part of the tree that it applies to; "" is everything
  std::string heading;  // as it stands in the steering text, without '#'
  std::string text;
};

class Steering {
 public:
  explicit Steering(Store& store) : store_(store) {}
  // Replaces all rules that came from one place with the rules of its new text.
  Status replace_all(const std::vector<SteeringRule>& rules);
  // The rules that apply to an entry: the global ones and those of its ancestors, from the top down.
  Result<std::vector<SteeringRule>> for_entry(const std::string& entry_path);

 private:
  Store& store_;
};

// Splits a steering text at its headings of level 3. A heading that names a part of the tree, as "…
// (`research/energy/nuclear/`)", makes its rule apply below that path (without the leading section folder);
// the others apply to `default_path`.
std::vector<SteeringRule> split_steering(const std::string& markdown, const std::string& default_path);

}  // namespace stubkeeper::kb
