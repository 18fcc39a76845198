#include "cli/serve/queue_target.h"

#include <algorithm>
#include <tuple>

#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/review/review_queue.h"

namespace stubkeeper::cli {
namespace {

using kb::QueuedChange;

// The first in the queue that comes at or behind a change, in the queue's own order.
Result<std::size_t> index_at_or_after(kb::Store& store, const std::vector<QueuedChange>& queue, kb::Id id) {
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{store}.get(id));
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(change.entry_id));
  // Within a proposal, changes have their numbers in the order in which they were drafted.
  const auto key = std::tuple{std::string_view{entry.path}, change.proposal_id, change.id};
  const auto at_or_after = std::find_if(queue.begin(), queue.end(), [&](const QueuedChange& queued) {
    return std::tuple{std::string_view{queued.entry_path}, queued.proposal_id, queued.id} >= key;
  });
  return static_cast<std::size_t>(at_or_after - queue.begin());
}

}  // namespace

QueueTarget parse_queue_target(const Request& request) {
  if (const auto at = parse_positive_integer(request.field("at"))) return {QueueTarget::Kind::exactly, *at};
  if (request.field("from") == "end") return {QueueTarget::Kind::end, 0};
  if (const auto from = parse_positive_integer(request.field("from"))) return {QueueTarget::Kind::at_or_after, *from};
  return {};
}

Result<QueueLocation> locate_in_queue(kb::Store& store, const QueueFilter& filter, const QueueTarget& where) {
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(store, filter.changes()));
  std::size_t index = where.kind == QueueTarget::Kind::end ? queue.size() : 0;
  if (where.change_id != 0) {
    STUBKEEPER_ASSIGN(index, index_at_or_after(store, queue, where.change_id));
  }
  QueueLocation found;
  found.place.waiting = queue.size();
  if (where.kind == QueueTarget::Kind::exactly) {
    found.change_id = where.change_id;
  } else if (index < queue.size()) {
    found.change_id = queue[index].id;
  }
  const bool waits = index < queue.size() && queue[index].id == found.change_id;
  found.place.position = waits ? index + 1 : index;
  if (index > 0) found.place.before = queue[index - 1].id;
  const std::size_t next = waits ? index + 1 : index;
  if (next < queue.size()) found.place.after = queue[next].id;
  if (!waits) return found;
  for (const QueuedChange& queued : queue) {
    if (queued.entry_id == queue[index].entry_id && queued.flags == 0)
      found.place.unflagged_in_entry.push_back(queued.id);
  }
  return found;
}

std::string back_address(const Visit& visit, kb::Id change_id, const std::string& moved_to) {
  Request last;
  last.query = visit.browser.filter;
  const auto from = QueueFilter::from(last);
  const QueueFilter filter = from.ok() ? *from : QueueFilter{};
  return moved_to.empty() ? review_address(filter, change_id) : move_address(filter, change_id, moved_to);
}

}  // namespace stubkeeper::cli
