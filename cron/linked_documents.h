#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "cron/report.h"
#include "cron/run_context.h"
#include "entries/subject_index.h"
#include "kb/sources/records.h"

namespace stubkeeper::cron {

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

}  // namespace stubkeeper::cron
