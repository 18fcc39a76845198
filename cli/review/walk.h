#pragma once

#include <vector>

#include "cli/session.h"
#include "kb/records.h"

namespace stubkeeper::cli {

// Goes through waiting changes at the terminal, one at a time: shows each and asks for a letter and Enter.
// Every decision is stored when it is made, so that quitting, a closed terminal or a kill loses nothing. An
// empty line decides nothing. Gives the exit code.
Result<int> walk_changes(const Session& session, OpenKnowledgeBase& knowledge_base,
                         const std::vector<kb::Change>& changes);

}  // namespace stubkeeper::cli
