#pragma once

#include <vector>

#include "cli/session.h"
#include "cli/terminal/keyboard.h"
#include "kb/conflicts.h"

namespace stubkeeper::cli {

// Shows conflicts one by one at a terminal and asks what to keep. False where the person quit.
Result<bool> walk_conflicts(const Session& session, const OpenKnowledgeBase& knowledge_base,
                            Keyboard& keyboard, const std::vector<kb::Conflict>& conflicts);

}  // namespace stubkeeper::cli
