#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::review {

// Quotes with their sources, each snapshot read once however many quotes stand in it. Borrows the store.
class QuoteFormatter {
 public:
  explicit QuoteFormatter(kb::Store& store) : store_(store) {}

  // For a terminal: the quote in quotation marks, then what document it stands in and on which page of a PDF,
  // its dates and its address. Safe to print.
  std::vector<std::string> lines(const kb::Citation& citation);

  // The same for JSON, with the snapshot's hash and the byte range.
  nlohmann::ordered_json json(const kb::Citation& citation);

 private:
  struct Origin {
    kb::Snapshot snapshot;
    kb::DocumentRecord document;
  };
  Result<const Origin*> load_origin(kb::Id snapshot_id);
  // 0: the document has none.
  std::size_t page_of(const Origin& origin, std::size_t byte);

  kb::Store& store_;
  std::map<kb::Id, Origin> known_;
};

}  // namespace stubkeeper::review
