#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "kb/review/review_queue.h"
#include "kb/store/store.h"

namespace stubkeeper::cli {

// A place in the queue of waiting changes. Changes that are decided meanwhile stay in the queue, so
// that there is a way back; a filter reads it again. Borrows the store.
class QueueCursor {
 public:
  static Result<QueueCursor> open(kb::Store& store, kb::ChangeFilter filter);

  bool at_end() const { return index_ >= queue_.size(); }
  const kb::QueuedChange& current() const { return queue_[index_]; }
  std::size_t position() const { return index_ + 1; }  // from 1
  std::size_t size() const { return queue_.size(); }
  const kb::ChangeFilter& filter() const { return filter_; }

  void forward() { ++index_; }
  void back() { index_ -= index_ > 0 ? 1 : 0; }
  // To a change by its number, or to the first one of an entry whose path or title has the words.
  // False where the queue has none.
  bool go_to(const std::string& place);
  bool go_to_change(kb::Id change_id);
  void to_first() { index_ = 0; }
  // To the next change with these words, after the current one and round to it.
  struct SearchHit {
    std::size_t place = 0;  // among the changes with the words, from 1
    std::size_t total = 0;  // 0: there are none
  };
  Result<SearchHit> search(const std::string& words);
  // Reads the queue again; stays at the current change if it is in it, else goes to the first one
  // after.
  Status apply_filter(kb::ChangeFilter filter);
  // Replaces the current change by its parts, and goes to the first of them.
  Status replace_current(const std::vector<kb::Id>& parts);

  // The waiting unflagged changes of the current one's entry, among those of the filter.
  Result<std::vector<kb::Id>> unflagged_in_entry() const;

 private:
  QueueCursor(kb::Store& store, kb::ChangeFilter filter) : store_(&store), filter_(std::move(filter)) {}
  kb::Store* store_;
  kb::ChangeFilter filter_;
  std::vector<kb::QueuedChange> queue_;
  std::size_t index_ = 0;
};

}  // namespace stubkeeper::cli
