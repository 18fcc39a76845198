#pragma once

#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "cli/environment.h"
#include "cli/terminal/keyboard.h"
#include "kb/review/records.h"
#include "review/item.h"
#include "review/move.h"

namespace stubkeeper::cli {

// The terminal's keyboard, or one that reads `in`.
std::unique_ptr<Keyboard> open_keyboard(const Environment& environment);

// Questions at a terminal, wrapped between words. They give nothing where the person presses
// Escape, or at the end of input.

// A line, shown as it is typed: Enter ends it; Backspace and Ctrl-U delete. `text` is typed
// already.
std::optional<std::string> ask_line(Keyboard& keyboard, std::ostream& out, const std::string& question,
                                    std::string text = "");

// One of these characters; others are ignored.
std::optional<char> ask_choice(Keyboard& keyboard, std::ostream& out, const std::string& question,
                               std::string_view choices);

// One of these characters, none of which is a digit; or a line that begins with a digit.
std::optional<std::string> ask_choice_or_number(Keyboard& keyboard, std::ostream& out,
                                                const std::string& question, std::string_view choices);

// True only for y.
bool ask_confirmation(Keyboard& keyboard, std::ostream& out, const std::string& question);

// The reason for a rejection: a common one by its digit, the person's own, or "".
std::optional<std::string> ask_reason(Keyboard& keyboard, std::ostream& out);

// Which changes to go through, by the one on screen: flagged ones, those of its entry, of its kind,
// ... Any choice is among `initial_filter`, that of the command line.
std::optional<kb::ChangeFilter> ask_filter(Keyboard& keyboard, std::ostream& out,
                                           const kb::ChangeFilter& initial_filter,
                                           const review::ReviewItem& item);

// The other part of its entry that a change is moved to: shows how it would be there, with the
// flags against it, and asks for approval. An error that is the person's to fix (no date for a
// development) is printed.
Result<std::optional<review::MovePreview>> ask_move_target(Keyboard& keyboard, const Environment& environment,
                                                           kb::Store& store, const review::ReviewItem& item);

// Whether an error is the person's to read and fix, and no failure of the store.
bool is_user_error(const Error& error);

}  // namespace stubkeeper::cli
