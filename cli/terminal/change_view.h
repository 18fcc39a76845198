#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "kb/entries/records.h"
#include "kb/review/review_queue.h"
#include "kb/store/store.h"
#include "review/quote_formatter.h"

namespace stubkeeper::cli {

// Changes as JSON documents, with the hash that `review approve --seen` takes. Entries and snapshots are read
// once however many changes there are. Borrows the store.
class ChangeJson {
 public:
  explicit ChangeJson(kb::Store& store) : store_(store), sources_(store) {}
  Result<nlohmann::ordered_json> serialize(const kb::Change& change);

 private:
  Result<std::string> path_of(kb::Id entry_id);

  kb::Store& store_;
  review::QuoteFormatter sources_;
  std::map<kb::Id, std::string> paths_;
};

// One aligned line: id, flag mark, entry, kind, and the beginning of the new text, cut to `columns`. The
// entry's path is padded to `path_width`.
std::string format_change_line(const kb::QueuedChange& change, int columns, std::size_t path_width);

}  // namespace stubkeeper::cli
