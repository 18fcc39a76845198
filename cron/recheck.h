#pragma once

#include "cron/refresh.h"

namespace stubkeeper::cron {

// Proposes entries as "rechecked" (kind "rechecked", the field last_reviewed set to today, no quotes, no
// tokens): those past their own stale_after_days (180 where they say none) all of whose sources
// answered well within the recheck window (a paused one is not asked) and brought nothing that waits, in a
// draft or in review. One that was turned down is not proposed again within the window.
Status propose_rechecked(const RunContext& context, const RefreshOptions& options, RefreshReport& report);

// Approves the waiting changes without an unresolved flag that the policies of the configuration speak of, in
// the name of each (kb/review/policies.h).
Status apply_policies(const RunContext& context, RefreshReport& report);

}  // namespace stubkeeper::cron
