#pragma once

#include "cron/plan.h"
#include "cron/report.h"

namespace stubkeeper::cron {

// Proposes stale entries whose sources all answered and brought nothing new as "rechecked": last_reviewed
// becomes today, without quotes or tokens. An entry is stale by entries/staleness.h, or where it was never
// reviewed. Its sources answered well within the recheck window (a paused one is not asked), and nothing of
// them waits, in a draft or in review. A recheck that was rejected is not proposed again within the window.
Status propose_rechecked(kb::Store& store, Timestamp now, const config::Configuration::Revisit& revisit,
                         const RefreshOptions& options, RefreshReport& report);

// Approves waiting changes without an open flag by the policies of the configuration, each in its name
// (kb/review/policies.h).
Status apply_policies(kb::Store& store, const Clock& clock, const config::Configuration& configuration,
                      RefreshReport& report);

}  // namespace stubkeeper::cron
