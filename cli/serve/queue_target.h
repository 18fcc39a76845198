#pragma once

#include "cli/serve/review_form.h"

namespace stubkeeper::cli {

// Where in the queue a page is to be.
struct QueueTarget {
  enum class Kind {
    first,    // that waits
    exactly,  // at this change, whatever became of it
    at_or_after,   // at the first one that waits there or behind it
    end,      // behind the last one
  } kind = Kind::first;
  kb::Id change_id = 0;
};
QueueTarget parse_queue_target(const Request& request);

struct QueueLocation {
  kb::Id change_id = 0;  // 0: behind the last one that waits
  QueuePosition place;
};

// Where that is under a filter. A change that waits no more, or that the filter leaves out, stands where it
// would, counted as none. not_found where there is no such change.
Result<QueueLocation> locate_in_queue(kb::Store& store, const QueueFilter& filter, const QueueTarget& where);

// To a change, under the filter that this browser reviewed with last.
// `moved_to`: as it would stand in that part; "" for where it was proposed for.
std::string back_address(const Visit& visit, kb::Id change_id, const std::string& moved_to = "");

// The review page at a change, with a text of the person's that was refused, or as it would stand in another
// part of its entry (`moved_to`).
Result<Response> make_review_page(const Visit& visit, const QueueTarget& where, const RejectedText& refused,
                              const std::string& moved_to);

}  // namespace stubkeeper::cli
