#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What the waiting changes can be filtered by, each with how many there are, by name.
struct QueueFacets {
  std::vector<std::pair<std::string, int>> flags;  // unresolved ones
  std::vector<std::pair<std::string, int>> kinds;
};
Result<QueueFacets> queue_facets(Store& store);

// The unresolved flags of some changes, by name; a change without any is not in it.
Result<std::map<Id, std::vector<std::string>>> flags_of(Store& store, const std::vector<Id>& changes);

}  // namespace stubkeeper::kb
