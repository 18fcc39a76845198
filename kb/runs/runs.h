#pragma once

#include <string>
#include <vector>

#include "kb/runs/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Runs and their fetches. Borrows the store.
class Runs {
 public:
  explicit Runs(Store& store) : store_(store) {}

  // Begins a run. One that is still `running` was killed, as the caller holds the lock, and becomes
  // `interrupted`.
  Result<Id> begin(const std::string& drafter, Timestamp now);
  Status end(Id run_id, RunState state, Timestamp now, const std::string& report_json, std::int64_t tokens,
             std::int64_t micro_usd);
  // Records a fetch of a source, counts it, and ends the row of "not modified" answers before it.
  // Those are not recorded one by one (Sources::answered); they are counted by count_fetches()
  // alone.
  Status record(const FetchRecord& fetch);
  // Counts fetches of sources, of which `answers` were answered in HTTP.
  Status count_fetches(Id run_id, Timestamp at, std::int64_t fetches, std::int64_t answers);
  // Whether any source answered in HTTP, with any status, at `time` or later.
  Result<bool> has_http_answer_since(Timestamp time);
  Result<Run> get(Id run_id);
  Result<std::vector<Run>> latest(int count);  // newest first

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
