#pragma once

#include <string>
#include <vector>

#include "cli/serve/addresses.h"
#include "cli/serve/markup.h"
#include "cli/serve/visit.h"
#include "review/item.h"

namespace stubkeeper::cli {

// The panel that approves several unflagged changes of an item's entry at once: each with its text as it
// would be read and a box that leaves it out, and what else waits for the entry, with why it is not among
// them. Nothing for one change, or for more than a person looks at.
Result<Markup> group_panel(const Visit& visit, const review::ReviewItem& item, const QueueFilter& filter,
                           const std::vector<kb::Id>& changes);

// The field by which the form says that a change is among those that are approved: "with-12".
std::string group_field_name(kb::Id change_id);

// One hash of what is seen of several changes together.
std::string combined_seen_hash(const std::vector<kb::Change>& changes);

}  // namespace stubkeeper::cli
