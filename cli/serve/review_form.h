#pragma once

#include <string>
#include <vector>

#include "cli/serve/addresses.h"
#include "cli/serve/markup.h"
#include "cli/serve/page_layout.h"
#include "review/item.h"

namespace stubkeeper::cli {

// A person's text that was not approved: why not, or the flags against it, to be confirmed.
struct RejectedText {
  std::string text;
  std::string problem;
  std::vector<kb::Flag> flags;
};
// A hash of a text and the flags against it, as the form sends it back.
std::string warning_hash(const std::string& text, const std::vector<kb::Flag>& flags);

// The forms and links of a change, each with its key; for a change that waits no more, the way on.
// All work without JavaScript. `moved_to`: the part in which the change is shown; "" for none.
Result<Markup> review_form(const Visit& visit, const review::ReviewItem& item, const QueueFilter& filter,
                           const QueuePosition& place, const RejectedText& refused,
                           const std::string& moved_to);

// Undoes the last decision of this browser.
Markup undo_form(const Visit& visit, const QueueFilter& filter);

// The review page at a target, with a text of the person's that was refused, or with the change in
// the part `moved_to`.
Result<Response> make_review_page(const Visit& visit, const QueueTarget& target, const RejectedText& refused,
                                  const std::string& moved_to);

}  // namespace stubkeeper::cli
