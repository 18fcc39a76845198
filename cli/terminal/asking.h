#pragma once

#include <optional>
#include <ostream>
#include <string>

#include "cli/terminal/keyboard.h"

namespace stubkeeper::cli {

// Questions at a terminal. Nothing where the person takes the question back (Escape), or nothing more will
// come.

// A line, shown as it is typed: Enter ends it, Backspace and Ctrl-U take back.
std::optional<std::string> ask_line(Keyboard& keyboard, std::ostream& out, const std::string& question);

// One of these characters; others are passed over.
std::optional<char> ask_choice(Keyboard& keyboard, std::ostream& out, const std::string& question,
                               std::string_view choices);

// True only for y.
bool ask_yes(Keyboard& keyboard, std::ostream& out, const std::string& question);

}  // namespace stubkeeper::cli
