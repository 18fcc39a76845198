#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cron/plan.h"
#include "cron/report.h"
#include "cron/run_context.h"
#include "entries/subject_index.h"
#include "kb/sources/records.h"

namespace stubkeeper::cron {

// Fetches sources and stores their responses as they come. A response with a body is a step of its own.
// Those without (not modified, failed, postponed) are stored together, up to 5,000 or those of a second,
// because a durable transaction for each would cost more than asking; a killed run loses at most these, and
// the next asks again. Heavy documents are read after the others (docs/crawler.md, "Heavy documents"). Error: the store
// cannot be used.
Status fetch_sources(const FetchContext& context, const std::vector<kb::Source>& planned,
                     const entries::SubjectIndex& subjects, RefreshReport& report);

// Fetches waiting addresses that lists lead to, and stores the pages as documents of their source.
// First sitemaps of indexes (20 a source at most), then [fetch] linked_per_run documents at most, from the
// sources in turn, the newest of each first; `max_count` of both at most. A failure is tried again in later
// runs, later each time, and given up after three; at once where it is permanent. Each response is one
// transaction, and each fetch is noted for the budget. Counts go into the report. Listed addresses are data
// (invariant 6, docs/architecture.md): only http and https are fetched, never a file. Error: the store cannot
// be used.
Status fetch_linked_documents(const FetchContext& context, const std::vector<kb::Source>& sources,
                              const entries::SubjectIndex& subjects, std::optional<std::int64_t> max_count,
                              RefreshReport& report);

// Proposes stale entries whose sources all answered and brought nothing new as "rechecked": last_reviewed
// becomes today, without quotes or tokens; where nothing keeps them from it (cron/recheck_state.h).
Status propose_rechecked(kb::Store& store, Timestamp now, const config::Configuration& configuration,
                         const RefreshOptions& options, RefreshReport& report);

// Approves waiting changes without an open flag by the policies of the configuration, each in its name
// (kb/review/policies.h).
Status apply_policies(kb::Store& store, const Clock& clock, const config::Configuration& configuration,
                      RefreshReport& report);

}  // namespace stubkeeper::cron
