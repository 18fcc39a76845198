#pragma once

#include "cron/plan.h"
#include "cron/report.h"
#include "cron/run_context.h"

namespace stubkeeper::cron {

// One run: plan, fetch, snapshot, compare, route, draft, verify, propose, recheck, apply policies.
// The caller holds the run lock. Each response that brings something, and each entry's proposal, is one
// transaction (the rest in groups, fetch_sources()), and new passages are routed in the transaction that
// stores them: a later run takes up one that died anywhere. Sources and entries that fail are named in the
// report. Error: the store cannot be used or is damaged (then nothing is written), or an option names
// nothing that exists.
Result<RefreshReport> refresh(const RunContext& context, const RefreshOptions& options);

}  // namespace stubkeeper::cron
