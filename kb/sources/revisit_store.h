#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "kb/store/id.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Statistics and prices from which revisit times are computed (crawler/revisit). Borrows the store.
class RevisitStore {
 public:
  explicit RevisitStore(Store& store) : store_(store) {}

  // The serialized statistics of a source.
  Result<std::optional<std::string>> find(Id source_id);
  Result<std::map<Id, std::string>> all();
  Status keep(Id source_id, const std::string& statistics);

  // The good answers of a source, all or those after a time, oldest first, with how many documents
  // were new or changed. Of a run of "not modified" answers only the first, the last and their
  // number are stored; the others are spread evenly between.
  struct Answer {
    Timestamp at;
    int documents = 0;
  };
  Result<std::vector<Answer>> successful_fetches(Id source_id, std::optional<Timestamp> after);

  // The number of fetches after `since` and until `until`, failed ones too: of sources (counted by the
  // minute; a minute counts whole where its last fetch is in that time), and of pages that sources list.
  struct Fetches {
    std::int64_t of_sources = 0;
    std::int64_t linked_pages = 0;
  };
  Result<Fetches> fetches_between(Timestamp since, Timestamp until);

  // The last price of a fetch, and the factor by which intervals were scaled.
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
