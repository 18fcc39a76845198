#pragma once

#include <vector>

#include "cron/refresh.h"
#include "kb/proposals.h"
#include "kb/records.h"
#include "llm/drafter.h"

namespace stubkeeper::cron {

// All that a drafter gets for one entry, read from the store: the entry's current text, the passages that
// wait for it with their snapshots and publishers, the quotes that its blocks rest on, the steering of its
// place, and what was rejected before. Left out are passages that by now repeat on other pages of their host
// (kb::HostPassages), or that a person refused (kb::Refusals). `today` is the day in UTC on which the newest
// of the snapshots was fetched: a task that waits for a later run is the same task there, and what was asked
// for it is not asked again.
Result<llm::Task> draft_task(const RefreshParts& parts, const kb::Entry& entry,
                             const std::vector<kb::Routing>& waiting);

}  // namespace stubkeeper::cron
