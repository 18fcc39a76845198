#pragma once

#include <optional>
#include <string>

#include "cli/session.h"

namespace stubkeeper::cli {

// Lets the person edit a text in $VISUAL, else $EDITOR, else vi. Nothing where the text came back unchanged
// or empty. An error where there is no terminal, or the editor failed. The text stands in a file of the
// knowledge base's folder meanwhile, which is removed after.
Result<std::optional<std::string>> edit_at_terminal(const Session& session,
                                                    const OpenKnowledgeBase& knowledge_base,
                                                    const std::string& text);

}  // namespace stubkeeper::cli
