#pragma once

#include <string>

#include "cli/serve/addresses.h"
#include "cli/serve/markup.h"
#include "cli/serve/visit.h"
#include "review/item.h"
#include "review/move.h"

namespace stubkeeper::cli {

// The parts of the entry that a waiting change can be moved to, each a link; where it cannot be moved, why.
// With a part chosen, how the change would stand there, what speaks against it, and the form that approves it
// there. `fields` are those that every form about the change has.
Markup move_panel(const Visit& visit, const review::ReviewItem& item, const QueueFilter& filter,
                  const std::string& chosen, const Markup& fields);

// Names what was shown of a moved text, as the form carries it back: whoever sends the same name has seen it.
std::string move_preview_hash(const review::MovePreview& moved);

}  // namespace stubkeeper::cli
