#pragma once

#include <vector>

#include "cli/serve/addresses.h"
#include "cli/serve/markup.h"
#include "kb/review/review_queue.h"

namespace stubkeeper::cli {

// Waiting changes below the names of their entries, each with its number, kind, flags and the beginning of
// its text in plain words; the first hundred, and how many more there are. Leads to the review under the
// filter.
Result<Markup> queue_list(kb::Store& store, const QueueFilter& filter,
                          const std::vector<kb::QueuedChange>& queue);

// One such line, as an item of a list. `flags`: names of unresolved ones; `state` is said where it is not "".
Markup queue_item_markup(const kb::QueuedChange& change, const std::string& address,
                  const std::vector<std::string>& flags, const std::string& state);

}  // namespace stubkeeper::cli
