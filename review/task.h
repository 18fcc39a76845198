#pragma once

#include <vector>

#include "base/clock.h"
#include "kb/entries/records.h"
#include "kb/review/proposals.h"
#include "kb/store/store.h"
#include "llm/drafter.h"
#include "review/related_entries.h"

namespace stubkeeper::review {

// All that a drafter gets for one entry, read from the store: the entry's current text, the passages that
// wait for it with their snapshots and publishers, the quotes that its blocks rest on, the steering of its
// place, related entries, and what was rejected before. A passage of more than
// 8,000 bytes is several ("p12", "p12-2"), cut between sentences. Left out are passages that by now repeat on
// other pages of their host (kb::HostBoilerplate), or that a person refused (kb::Refusals). `today` is the day
// in UTC on which the newest of the snapshots was fetched: a task that waits for a later run is the same task
// there, and what was asked for it is not asked again.
Result<llm::Task> build_draft_task(kb::Store& store, const Clock& clock, const kb::Entry& entry,
                             const std::vector<kb::Routing>& waiting, const RelatedEntries& related);

}  // namespace stubkeeper::review
