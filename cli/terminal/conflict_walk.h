#pragma once

#include <vector>

#include "cli/session.h"
#include "cli/terminal/keyboard.h"
#include "cli/terminal/review_session.h"
#include "kb/export/conflicts.h"

namespace stubkeeper::cli {

// Shows conflicts one by one at a terminal and asks what to keep. What is settled is noted in the sitting's
// decisions, so that it can be undone, here and later. False where the person quit.
Result<bool> walk_conflicts(const Session& session, const OpenKnowledgeBase& knowledge_base,
                            Keyboard& keyboard, std::vector<kb::Conflict> conflicts, ReviewSession& review_session);

}  // namespace stubkeeper::cli
