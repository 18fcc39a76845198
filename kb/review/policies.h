#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/item_failure.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A policy of the configuration for changes that need no reviewer. An empty list lets all pass,
// except of kinds: without any, nothing is approved.
struct Policy {
  std::string name;                   // goes into history as "policy:<name>"
  std::vector<std::string> kinds;     // of change, such as "rechecked"
  std::vector<std::string> sections;  // paths of entries, or of sections with everything below them
  // Addresses of sources, or prefixes that end in '*'. A change has to quote a source, and only
  // such.
  std::vector<std::string> sources;
};

// The policy of [review] auto_approve; of no kinds where the list is empty.
Policy auto_approve_policy(const std::vector<std::string>& kinds);

// Approves every unflagged waiting change that a policy applies to, in the name of the first such
// policy, and gives how many. A change that turns out to be outdated is left to the next run or a
// person; one that cannot be applied is among the failures, by the path of its entry.
Result<int> approve_by_policy(Store& store, const Clock& clock, const std::vector<Policy>& policies,
                              std::vector<ItemFailure>& failures);

}  // namespace stubkeeper::kb
