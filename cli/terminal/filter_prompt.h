#pragma once

#include <iosfwd>
#include <optional>

#include "cli/terminal/keyboard.h"
#include "kb/review/records.h"
#include "review/item.h"

namespace stubkeeper::cli {

// Asks which changes the walk is to go through, by what the one on screen is: flagged ones, its entry's, its
// kind's. All is what was asked for on the command line, and any other choice is among that. Nothing where
// the person takes the question back.
std::optional<kb::ChangeFilter> ask_filter(Keyboard& keyboard, std::ostream& out,
                                           const kb::ChangeFilter& initial_filter, const review::ReviewItem& item);

}  // namespace stubkeeper::cli
