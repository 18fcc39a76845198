#pragma once

#include <functional>
#include <vector>

#include "kb/store/store.h"

namespace stubkeeper::kb {

// What would come of some steps, each taken after the ones before it that went well; nothing that they store
// is kept. Not within a transaction. An error where the store itself gives way, as a full disk makes it.
Result<std::vector<Status>> dry_run_steps(Store& store, const std::vector<std::function<Status()>>& steps);

}  // namespace stubkeeper::kb
