#pragma once

#include "cron/refresh.h"

namespace stubkeeper::cron {

// Drafts, verifies and stores a proposal for every meant entry with passages that wait for one, each entry in
// one transaction as soon as its draft is there. An entry that cannot be drafted is named in the report and
// waits for the next run; where a model could not do it and there is a fallback, that drafts it meanwhile.
Status draft_entries(const RunContext& context, const RefreshOptions& options, RefreshReport& report);

}  // namespace stubkeeper::cron
