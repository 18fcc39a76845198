#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/serve/http_message.h"
#include "kb/review/records.h"
#include "kb/store/id.h"
#include "kb/store/store.h"

namespace stubkeeper::cli {

// The addresses of the pages, percent-encoded; html() escapes them in attributes.

// The changes that a page is about, as fields of a query or form: entry, flag, flagged ("yes",
// "no"), kind, source, run, words. Pages pass them on to one another.
class QueueFilter {
 public:
  // Other fields are ignored. invalid_argument for a number or an entry's path that is none.
  static Result<QueueFilter> from(const Request& request);
  static Result<QueueFilter> from(const Fields& fields);
  const kb::ChangeFilter& changes() const { return changes_; }
  const Fields& fields() const { return fields_; }  // those that are set
  std::string field(const std::string& name) const;
  bool is_narrowing() const { return !fields_.empty(); }
  QueueFilter with(const std::string& name, const std::string& value) const;  // "": without

 private:
  Fields fields_;
  kb::ChangeFilter changes_;
};

// "?a=1&b=2", or "".
std::string to_query_string(const Fields& fields);

// The review at a change, or with it in another part of its entry (`part`).
std::string review_address(const QueueFilter& filter, kb::Id change_id, const std::string& part = "");
// The review at the first waiting change from this one on; 0: at the end of the queue. `skipped`: a
// change that was left to wait, which the page then says.
std::string review_address_from(const QueueFilter& filter, kb::Id change_id, kb::Id skipped = 0);
std::string queue_address(const QueueFilter& filter);
std::string entry_address(std::string_view path);
// An entry with a waiting change, or with it in the part `moved_to`.
std::string preview_address(std::string_view path, kb::Id change_id, const std::string& moved_to = "");
std::string history_address(std::string_view path);
std::string evidence_address(std::string_view path);
// A snapshot at a byte range of its text. `for_change`: the change to come back to; 0 for none.
std::string snapshot_address(kb::Id snapshot_id, std::size_t begin, std::size_t end, kb::Id for_change);
std::string conflict_address(kb::Id conflict_id);

// A change under the filter that a browser used last; in the part `moved_to`, if given.
std::string back_address(const Fields& last_filter, kb::Id change_id, const std::string& moved_to = "");

// The place in the queue that an address names.
struct QueueTarget {
  enum class Kind {
    first,        // waiting change
    exactly,      // this change, in whatever state
    at_or_after,  // the first waiting change from this one on
    end,          // after the last one
  } kind = Kind::first;
  kb::Id change_id = 0;
};
QueueTarget parse_queue_target(const Request& request);

struct QueuePosition {
  std::size_t position = 0;  // from 1
  std::size_t waiting = 0;   // in all
  kb::Id before = 0;         // the change before it; 0 for none
  kb::Id after = 0;
  std::vector<kb::Id> unflagged_in_entry;  // waiting ones, this one among them
};
struct QueueLocation {
  kb::Id change_id = 0;  // 0: after the last one that waits
  QueuePosition place;
};
// A target under a filter. A change that waits no more, or that the filter leaves out, is where it
// would be, and is not counted. not_found.
Result<QueueLocation> locate_in_queue(kb::Store& store, const QueueFilter& filter, const QueueTarget& target);

}  // namespace stubkeeper::cli
