#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "cli/session.h"

namespace stubkeeper::cli {

// Lets the person edit a text in $VISUAL, else $EDITOR, else vi. Nothing where the text came back unchanged
// or empty. An error where there is no terminal, or the editor failed. The text stands in a file of the
// knowledge base's folder meanwhile, which is removed after. The cursor stands in `line`, from 1, where the
// editor is known to take one; 0 leaves that to the editor.
Result<std::optional<std::string>> edit_at_terminal(const Session& session,
                                                    const OpenKnowledgeBase& knowledge_base,
                                                    const std::string& text, std::size_t line = 0);

// An editor's command with the argument that opens the file at a line ("+12"), where it is one of those that
// are known to take that: vi, vim, nvim, nano, emacs. Any other command is given back as it is, and so is
// each for line 0.
std::string editor_command(const std::string& editor, std::size_t line);

}  // namespace stubkeeper::cli
