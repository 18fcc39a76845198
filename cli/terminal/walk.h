#pragma once

#include <vector>

#include "cli/session.h"
#include "cli/terminal/keyboard.h"
#include "cli/terminal/review_session.h"
#include "kb/export/conflicts.h"
#include "kb/review/records.h"

namespace stubkeeper::cli {

// The review at a terminal. Each decision is stored at once, and recorded in the session for undo.

// Shows waiting changes one by one, entry by entry, and does what the keys say until the person
// quits or nothing is left. Gives the exit code.
Result<int> walk_changes(const Session& session, OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                         const kb::ChangeFilter& filter, ReviewSession& review_session);

// Shows conflicts one by one and asks what to keep. False where the person quit.
Result<bool> walk_conflicts(const Session& session, const OpenKnowledgeBase& knowledge_base,
                            Keyboard& keyboard, std::vector<kb::Conflict> conflicts,
                            ReviewSession& review_session);

}  // namespace stubkeeper::cli
