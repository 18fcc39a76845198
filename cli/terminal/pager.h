#pragma once

#include <cstddef>
#include <string>

#include "cli/session.h"
#include "cli/terminal/keyboard.h"

namespace stubkeeper::cli {

// Shows a text in $PAGER, else less, while the keyboard is lent to it; where that cannot be run, the text is
// printed. The text stands in a file of the knowledge base's folder meanwhile. It begins at `line`, from 1,
// where the pager is one that is known to take one (less, more); 0 is the beginning.
Status show_in_pager(const Session& session, const OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                     const std::string& text, std::size_t line = 0);

}  // namespace stubkeeper::cli
