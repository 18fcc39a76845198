#pragma once

#include <string>
#include <vector>

#include "kb/store.h"
#include "schema/base/clock.h"

namespace stubkeeper::kb {

// Approves every unflagged change that waits and is of one of these kinds ([review] auto_approve), in the
// name of the policy. A change that turns out to be outdated is left to the next run or a person. Gives how
// many were approved.
Result<int> approve_by_policy(Store& store, const Clock& clock, const std::vector<std::string>& kinds);

}  // namespace stubkeeper::kb
