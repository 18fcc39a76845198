#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// What is kept for revisit times. Borrows the store.
class RevisitStore {
 public:
  explicit RevisitStore(Store& store) : store_(store) {}

  // The text of a source's habit; nothing where none was kept.
  Result<std::optional<std::string>> find(Id source_id);
  Result<std::map<Id, std::string>> all();
  Status keep(Id source_id, const std::string& statistics);

  // The good answers that a source gave after a moment (or ever), oldest first: when, and how many documents
  // were new or changed. Of "not modified" many times in a row only the first, the last and their number are
  // kept: the others are taken to have been evenly between them.
  struct Answer {
    Timestamp at;
    int documents = 0;
  };
  Result<std::vector<Answer>> successful_fetches(Id source_id, std::optional<Timestamp> after);

  // How many fetches there were after a moment, in vain or not: of sources (counted by the minute, a minute
  // whole where its last fetch was after the moment), and of pages that sources lead to.
  struct Fetches {
    std::int64_t of_sources = 0;
    std::int64_t linked_pages = 0;
  };
  Result<Fetches> fetches_since(Timestamp since);

  // The last price of a fetch.
  struct Price {
    std::int64_t price_millionths = 0;
    std::int64_t interval_scale_thousandths = 1000;
    Timestamp found_at;
  };
  Result<std::optional<Price>> price();
  Status save_price(const Price& price);

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
