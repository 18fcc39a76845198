#include "cli/serve/review_place.h"

#include <algorithm>
#include <tuple>

#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/review/review_queue.h"

namespace stubkeeper::cli {
namespace {

using kb::QueuedChange;

// The first in the queue that comes at or behind a change, in the queue's own order.
Result<std::size_t> index_behind(kb::Store& store, const std::vector<QueuedChange>& queue, kb::Id id) {
  STUBKEEPER_ASSIGN(const auto change, kb::Proposals{store}.get(id));
  STUBKEEPER_ASSIGN(const auto entry, kb::EntryStore{store}.get(change.entry_id));
  // Within a proposal, changes have their numbers in the order in which they were drafted.
  const auto key = std::tuple{std::string_view{entry.path}, change.proposal_id, change.id};
  const auto behind = std::find_if(queue.begin(), queue.end(), [&](const QueuedChange& queued) {
    return std::tuple{std::string_view{queued.entry_path}, queued.proposal_id, queued.id} >= key;
  });
  return static_cast<std::size_t>(behind - queue.begin());
}

}  // namespace

Whereabouts whereabouts_of(const Request& request) {
  if (const auto at = number_of(request.field("at"))) return {Whereabouts::Kind::exactly, *at};
  if (request.field("from") == "end") return {Whereabouts::Kind::end, 0};
  if (const auto from = number_of(request.field("from"))) return {Whereabouts::Kind::behind, *from};
  return {};
}

Result<FoundPlace> find_place(kb::Store& store, const QueueFilter& filter, const Whereabouts& where) {
  STUBKEEPER_ASSIGN(const auto queue, kb::review_queue(store, filter.changes()));
  std::size_t index = where.kind == Whereabouts::Kind::end ? queue.size() : 0;
  if (where.change_id != 0) {
    STUBKEEPER_ASSIGN(index, index_behind(store, queue, where.change_id));
  }
  FoundPlace found;
  found.place.waiting = queue.size();
  if (where.kind == Whereabouts::Kind::exactly) {
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
      found.place.unflagged_of_entry.push_back(queued.id);
  }
  return found;
}

std::string way_back(const Visit& visit, kb::Id change_id, const std::string& moved_to) {
  Request last;
  last.query = visit.browser.filter;
  const auto from = QueueFilter::from(last);
  const QueueFilter filter = from.ok() ? *from : QueueFilter{};
  return moved_to.empty() ? review_address(filter, change_id) : move_address(filter, change_id, moved_to);
}

}  // namespace stubkeeper::cli
