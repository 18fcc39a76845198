#pragma once

#include <string>
#include <string_view>

#include "cli/serve/http_message.h"
#include "kb/review/records.h"
#include "kb/store/id.h"
#include "kb/store/store.h"

namespace stubkeeper::cli {

// The addresses of the pages, percent-encoded; html() escapes them where they stand in an attribute.

// Which changes a page is about, as it stands in the fields of a query or form: entry, flag, flagged ("yes",
// "no"), kind, source, run, words. They are taken along from page to page.
class QueueFilter {
 public:
  // invalid_argument where a number is none or an entry's path cannot be one.
  static Result<QueueFilter> from(const Request& request);
  const kb::ChangeFilter& changes() const { return changes_; }
  const Fields& fields() const { return fields_; }  // those that are set
  bool is_narrowing() const { return !fields_.empty(); }
  QueueFilter with(const std::string& name, const std::string& value) const;  // "": without

 private:
  Fields fields_;
  kb::ChangeFilter changes_;
};

// "?a=1&b=2", or "".
std::string to_query_string(const Fields& fields);

std::string review_address(const QueueFilter& filter, kb::Id change_id);
// At the first one that waits there or behind it; 0: at the end of the queue.
std::string review_address_from(const QueueFilter& filter, kb::Id change_id);
// The same from a change that is left to wait, which the page then says.
std::string skip_address(const QueueFilter& filter, kb::Id next, kb::Id skipped);
std::string queue_address(const QueueFilter& filter);
std::string entry_address(std::string_view path);
// With a waiting change in it.
// `moved_to`: in that part of it; "" for where it was proposed for.
std::string preview_address(std::string_view path, kb::Id change_id, const std::string& moved_to = "");
// At a change, shown as it would stand in another part of its entry.
std::string move_address(const QueueFilter& filter, kb::Id change_id, const std::string& part);
std::string history_address(std::string_view path);
std::string evidence_address(std::string_view path);
// At a byte range of its text.
// `for_change`: the change that leads there and back; 0 for none.
std::string snapshot_address(kb::Id snapshot_id, std::size_t begin, std::size_t end, kb::Id for_change);
std::string conflict_address(kb::Id conflict_id);

// A number of a query, from 1 on; nothing for anything else.
std::optional<kb::Id> parse_positive_integer(std::string_view text);

}  // namespace stubkeeper::cli
