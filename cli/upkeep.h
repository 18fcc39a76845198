#pragma once

#include "cli/session.h"

namespace stubkeeper::cli {

// What follows from decisions that were just made: pages that mention a new entry are proposed
// (kb/review/upkeep.h), and what [review] auto_approve names is approved. Says so on standard error.
Status run_upkeep(const Session& session, const OpenKnowledgeBase& kb);

}  // namespace stubkeeper::cli
