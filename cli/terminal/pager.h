#pragma once

#include <string>

#include "cli/session.h"
#include "cli/terminal/keyboard.h"

namespace stubkeeper::cli {

// Shows a text in $PAGER, else less, while the keyboard is lent to it; where that cannot be run, the text is
// printed. The text stands in a file of the knowledge base's folder meanwhile.
Status show_in_pager(const Session& session, const OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                     const std::string& text);

}  // namespace stubkeeper::cli
