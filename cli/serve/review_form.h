#pragma once

#include <string>
#include <vector>

#include "cli/serve/addresses.h"
#include "cli/serve/markup.h"
#include "cli/serve/visit.h"
#include "review/item.h"

namespace stubkeeper::cli {

// A person's text that was not taken: why not, or what speaks against it, which is to be confirmed.
struct RejectedText {
  std::string text;
  std::string problem;
  std::vector<kb::Flag> flags;
};
// Names what speaks against a text as a form carries it back: whoever sends the same name with the text has
// seen it.
std::string warning_hash(const std::string& text, const std::vector<kb::Flag>& flags);

// Where the reviewer stands in the queue.
struct QueuePosition {
  std::size_t position = 0;  // from 1
  std::size_t waiting = 0;   // in all
  kb::Id before = 0;         // the change before it; 0 for none
  kb::Id after = 0;
  std::vector<kb::Id> unflagged_in_entry;  // waiting ones, this one among them
};

// What can be done about a change: forms and links, each with its key. For a change that waits no more: the
// way on. All works without JavaScript. `moved_to`: the part in which it is shown as it would stand; "" for
// none.
Result<Markup> review_form(const Visit& visit, const review::ReviewItem& item, const QueueFilter& filter,
                           const QueuePosition& place, const RejectedText& refused, const std::string& moved_to);

// Takes back what this browser decided last.
Markup undo_form(const Visit& visit, const QueueFilter& filter);

}  // namespace stubkeeper::cli
