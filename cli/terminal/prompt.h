#pragma once

#include <optional>
#include <ostream>
#include <string>

#include "cli/terminal/keyboard.h"

namespace stubkeeper::cli {

// Questions at a terminal, broken between words where they are wider than it. Nothing where the person takes
// the question back (Escape), or nothing more will come.

// A line, shown as it is typed: Enter ends it, Backspace and Ctrl-U take back. `text` is typed already.
std::optional<std::string> ask_line(Keyboard& keyboard, std::ostream& out, const std::string& question,
                                    std::string text = "");

// One of these characters; others are passed over.
std::optional<char> ask_choice(Keyboard& keyboard, std::ostream& out, const std::string& question,
                               std::string_view choices);

// One of these characters, none of which is a digit; or the digits that were typed, with Enter behind them.
std::optional<std::string> ask_choice_or_number(Keyboard& keyboard, std::ostream& out,
                                                const std::string& question, std::string_view choices);

// True only for y.
bool ask_confirmation(Keyboard& keyboard, std::ostream& out, const std::string& question);

}  // namespace stubkeeper::cli
