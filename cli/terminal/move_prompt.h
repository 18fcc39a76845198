#pragma once

#include <optional>

#include "cli/environment.h"
#include "cli/terminal/keyboard.h"
#include "review/item.h"
#include "review/move.h"

namespace stubkeeper::cli {

// Asks at a terminal which other part of its entry a change belongs to, shows how it would stand there and
// what speaks against it, and asks whether to approve it so. Nothing where the person leaves it. What is
// theirs to mend (no date for a development) is said.
Result<std::optional<review::MovePreview>> ask_move_target(Keyboard& keyboard, const Environment& environment,
                                              kb::Store& store, const review::ReviewItem& item);

}  // namespace stubkeeper::cli
