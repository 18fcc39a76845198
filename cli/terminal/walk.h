#pragma once

#include "cli/session.h"
#include "cli/terminal/keyboard.h"
#include "cli/terminal/review_session.h"
#include "kb/review/records.h"

namespace stubkeeper::cli {

// Shows the waiting changes one by one, entry by entry, and does what the keys say until the person quits or
// nothing is left. Each decision is stored when it is made, and noted in the sitting's decisions. Gives the
// exit code.
Result<int> walk_changes(const Session& session, OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                         const kb::ChangeFilter& filter, ReviewSession& review_session);

}  // namespace stubkeeper::cli
