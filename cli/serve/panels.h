#pragma once

#include <string>
#include <vector>

#include "cli/serve/addresses.h"
#include "cli/serve/markup.h"
#include "cli/serve/page_layout.h"
#include "review/item.h"
#include "review/move.h"

namespace stubkeeper::cli {

// Approves several unflagged changes of an item's entry at once: each as it would be read, with a
// box that leaves it out, and what else waits for the entry and why it is not among them. Nothing
// for one change, or for more than a person looks at.
Result<Markup> group_panel(const Visit& visit, const review::ReviewItem& item, const QueueFilter& filter,
                           const std::vector<kb::Id>& changes);
// The field of the box of a change: "with-12".
std::string group_field_name(kb::Id change_id);
// One hash of what is seen of several changes.
std::string combined_seen_hash(const std::vector<kb::Change>& changes);

// Moves a waiting change: a link for each part of the entry that it can go to, or why it cannot.
// With a part chosen, the change there, the flags against it, and the form that approves it.
// `fields` are those of every form about the change.
Markup move_panel(const Visit& visit, const review::ReviewItem& item, const QueueFilter& filter,
                  const std::string& chosen, const Markup& fields);
// A hash of what is seen of a moved text, as the form sends it back.
std::string move_preview_hash(const review::MovePreview& moved);

}  // namespace stubkeeper::cli
