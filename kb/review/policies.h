#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What a person wrote into the configuration about changes that need no person. A list that is empty lets all
// pass, but for the kinds: without any, nothing is approved.
struct Policy {
  std::string name;                   // goes into history as "policy:<name>"
  std::vector<std::string> kinds;     // of change, such as "rechecked"
  std::vector<std::string> sections;  // paths of entries, or of sections with everything below them
  // Addresses of sources, or their beginnings with a '*' behind. Every source that a change quotes has to be
  // one of them, and it has to quote one.
  std::vector<std::string> sources;
};

// The policy that [review] auto_approve stands for; of no kinds where the list is empty.
Policy auto_approve_policy(const std::vector<std::string>& kinds);

// Approves every unflagged change that waits and that a policy speaks of, in the name of the first that does.
// A change that turns out to be outdated is left to the next run or a person. Gives how many were approved.
Result<int> approve_by_policy(Store& store, const Clock& clock, const std::vector<Policy>& policies);

}  // namespace stubkeeper::kb
