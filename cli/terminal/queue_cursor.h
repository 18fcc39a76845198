#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "kb/review/review_queue.h"
#include "kb/store/store.h"

namespace stubkeeper::cli {

// Where a person stands in the queue of waiting changes. What is decided meanwhile stays in it, so that there
// is a way back; a filter reads it anew. Borrows the store.
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
  // To a change by its number, or to the first one of an entry whose path or title holds the words. False
  // where there is none in the queue.
  bool go_to(const std::string& place);
  bool go_to_change(kb::Id change_id);
  void to_first() { index_ = 0; }
  // To the next change with these words, from behind the current one and round. `place`: which of them it is
  // in the queue, from 1; many is 0 where there is none.
  struct SearchHit {
    std::size_t place = 0;
    std::size_t total = 0;
  };
  Result<SearchHit> search(const std::string& words);
  // Reads the queue anew; stays at the current change, or at the first one after it, where it is still there.
  Status apply_filter(kb::ChangeFilter filter);
  // Puts the parts of the current change in its place and stands at the first of them.
  Status replace_current(const std::vector<kb::Id>& parts);

  // What waits without a flag for the current one's entry, as it is now: among what the filter lets pass.
  Result<std::vector<kb::QueuedChange>> unflagged_in_entry() const;

 private:
  QueueCursor(kb::Store& store, kb::ChangeFilter filter) : store_(&store), filter_(std::move(filter)) {}
  kb::Store* store_;
  kb::ChangeFilter filter_;
  std::vector<kb::QueuedChange> queue_;
  std::size_t index_ = 0;
};

}  // namespace stubkeeper::cli
