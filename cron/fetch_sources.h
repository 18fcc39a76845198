#pragma once

#include <vector>

#include "cron/report.h"
#include "cron/run_context.h"
#include "entries/subject_index.h"
#include "kb/sources/records.h"

namespace stubkeeper::cron {

// Fetches sources and stores their responses as they come. A response with a body is a step of its own.
// Those without (not modified, failed, postponed) are stored together, up to 5,000 or those of a second,
// because a durable transaction for each would cost more than asking; a killed run loses at most these, and
// the next asks again. Error: the store cannot be used.
Status fetch_sources(const FetchContext& context, const std::vector<kb::Source>& planned,
                     const entries::SubjectIndex& subjects, RefreshReport& report);

}  // namespace stubkeeper::cron
