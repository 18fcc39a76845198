#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "cli/session.h"
#include "cli/terminal/keyboard.h"

namespace stubkeeper::cli {

// The person's editor and pager. A text is in a file of the knowledge base's folder while they run.

// Edits a text in $VISUAL, else $EDITOR, else vi, with the cursor in `line` (from 1; 0: the
// editor's choice). Nothing where the text came back unchanged or empty. An error where there is no
// terminal, or the editor failed.
Result<std::optional<std::string>> edit_at_terminal(const Session& session,
                                                    const OpenKnowledgeBase& knowledge_base,
                                                    const std::string& text, std::size_t line = 0);

// Shows a text in $PAGER, else less, from `line` on (from 1; 0: the beginning), with a last line
// that says how to leave it; where the pager cannot be run, the text is printed.
Status show_in_pager(const Session& session, const OpenKnowledgeBase& knowledge_base, Keyboard& keyboard,
                     const std::string& text, std::size_t line = 0,
                     const std::string& last_line = "(q leads back to the review)");

// The command with the argument that opens a file at a line ("vim +12"), where the program is known
// to take one: vi, vim, nvim, nano, emacs; less, more. Else, and for line 0, the command as it is.
// It may have options, and variables of its environment before it.
std::string editor_command(const std::string& editor, std::size_t line);
std::string pager_command(const std::string& pager, std::size_t line);

}  // namespace stubkeeper::cli
