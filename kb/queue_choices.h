#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kb/store.h"

namespace stubkeeper::kb {

// What the waiting changes can be filtered by, each with how many there are, by name.
struct QueueChoices {
  std::vector<std::pair<std::string, int>> flags;  // unresolved ones
  std::vector<std::pair<std::string, int>> kinds;
};
Result<QueueChoices> queue_choices(Store& store);

}  // namespace stubkeeper::kb
