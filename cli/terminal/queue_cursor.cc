#include "cli/terminal/queue_cursor.h"

#include <algorithm>
#include <set>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "review/labels.h"

namespace stubkeeper::cli {

Result<QueueCursor> QueueCursor::open(kb::Store& store, kb::ChangeFilter filter) {
  QueueCursor cursor{store, std::move(filter)};
  STUBKEEPER_ASSIGN(cursor.queue_, kb::review_queue(store, cursor.filter_));
  return cursor;
}

bool QueueCursor::go_to(const std::string& place) {
  if (const auto change = review::parse_change_id(place)) return go_to_change(*change);
  const std::string words = ascii_lower(place);
  const auto found = std::find_if(queue_.begin(), queue_.end(), [&](const kb::QueuedChange& change) {
    return ascii_lower(change.entry_path).find(words) != std::string::npos ||
           ascii_lower(change.entry_title).find(words) != std::string::npos;
  });
  if (words.empty() || found == queue_.end()) return false;
  index_ = static_cast<std::size_t>(found - queue_.begin());
  return true;
}

bool QueueCursor::go_to_change(kb::Id change_id) {
  const auto found = std::find_if(queue_.begin(), queue_.end(),
                                  [&](const kb::QueuedChange& change) { return change.id == change_id; });
  if (found == queue_.end()) return false;
  index_ = static_cast<std::size_t>(found - queue_.begin());
  return true;
}

Result<QueueCursor::SearchHit> QueueCursor::search(const std::string& words) {
  kb::ChangeFilter with_words = filter_;
  with_words.words = words;
  STUBKEEPER_ASSIGN(const auto matches, kb::review_queue(*store_, with_words));
  std::set<kb::Id> ids;
  for (const kb::QueuedChange& match : matches) ids.insert(match.id);
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < queue_.size(); ++place) {
    if (ids.contains(queue_[place].id)) places.push_back(place);
  }
  if (places.empty()) return SearchHit{};
  auto next = std::upper_bound(places.begin(), places.end(), index_);
  if (next == places.end()) next = places.begin();
  index_ = *next;
  return SearchHit{static_cast<std::size_t>(next - places.begin()) + 1, places.size()};
}

Status QueueCursor::apply_filter(kb::ChangeFilter filter) {
  STUBKEEPER_ASSIGN(auto queue, kb::review_queue(*store_, filter));
  const kb::Id here = at_end() ? 0 : current().id;
  const std::string path = at_end() ? "" : current().entry_path;
  filter_ = std::move(filter);
  queue_ = std::move(queue);
  index_ = 0;
  if (go_to_change(here)) return {};
  while (index_ < queue_.size() && queue_[index_].entry_path < path) ++index_;
  if (at_end()) index_ = 0;
  return {};
}

Status QueueCursor::replace_current(const std::vector<kb::Id>& parts) {
  kb::ChangeFilter all = filter_;
  all.path = current().entry_path;
  all.state = kb::ChangeState::waiting;
  STUBKEEPER_ASSIGN(const auto fresh, kb::review_queue(*store_, all));
  auto place = queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(index_));
  for (const kb::QueuedChange& change : fresh) {
    if (!contains(parts, change.id)) continue;
    place = queue_.insert(place, change) + 1;
  }
  return {};
}

Result<std::vector<kb::Id>> QueueCursor::unflagged_in_entry() const {
  std::vector<kb::Id> ids;
  if (filter_.flagged == true || !filter_.flag.empty()) return ids;
  kb::ChangeFilter wanted = filter_;
  wanted.path = current().entry_path;
  wanted.flagged = false;
  STUBKEEPER_ASSIGN(const auto found, kb::review_queue(*store_, wanted));
  for (const kb::QueuedChange& change : found) {
    // A section's path is the beginning of its entries'.
    if (change.entry_id == current().entry_id) ids.push_back(change.id);
  }
  return ids;
}

}  // namespace stubkeeper::cli
