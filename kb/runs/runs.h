#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Runs and what they fetched. Borrows the store.
class Runs {
 public:
  explicit Runs(Store& store) : store_(store) {}

  // Begins a run; one that is still `running` was killed and becomes `interrupted` (whoever begins holds the
  // lock).
  Result<Id> begin(const std::string& drafter, Timestamp now);
  Status end(Id run_id, RunState state, Timestamp now, const std::string& report_json, std::int64_t tokens,
             std::int64_t micro_usd);
  // A fetch of a source, and the end of the stretch of "not modified" before it. That answer itself is not
  // recorded one by one (Sources::answered): for it there is count_fetches alone, which record() includes.
  Status record(const FetchRecord& fetch);
  // So many fetches of sources at a time, of which so many were answered in HTTP.
  Status count_fetches(Id run_id, Timestamp at, std::int64_t fetches, std::int64_t answers);
  // Whether any source answered in HTTP, whatever it said, at `time` or later.
  Result<bool> has_http_answer_since(Timestamp time);
  Result<Run> get(Id run_id);
  Result<std::vector<Run>> latest(int count);  // newest first

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
