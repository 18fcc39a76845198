#pragma once

#include "cli/serve/review_form.h"

namespace stubkeeper::cli {

// Where in the queue a page is to be.
struct Whereabouts {
  enum class Kind {
    first,    // that waits
    exactly,  // at this change, whatever became of it
    behind,   // at the first one that waits there or behind it
    end,      // behind the last one
  } kind = Kind::first;
  kb::Id change_id = 0;
};
Whereabouts whereabouts_of(const Request& request);

struct FoundPlace {
  kb::Id change_id = 0;  // 0: behind the last one that waits
  QueuePlace place;
};

// Where that is under a filter. A change that waits no more, or that the filter leaves out, stands where it
// would, counted as none. not_found where there is no such change.
Result<FoundPlace> find_place(kb::Store& store, const QueueFilter& filter, const Whereabouts& where);

// To a change, under the filter that this browser reviewed with last.
// `moved_to`: as it would stand in that part; "" for where it was proposed for.
std::string way_back(const Visit& visit, kb::Id change_id, const std::string& moved_to = "");

// The review page at a change, with a text of the person's that was refused, or as it would stand in another
// part of its entry (`moved_to`).
Result<Answer> review_page_of(const Visit& visit, const Whereabouts& where, const RefusedText& refused,
                              const std::string& moved_to);

}  // namespace stubkeeper::cli
