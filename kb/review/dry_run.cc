#include "kb/review/dry_run.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {

Result<std::vector<Status>> dry_run_steps(Store& store, const std::vector<std::function<Status()>>& steps) {
  Database& database = store.database();
  STUBKEEPER_TRY(database.script("BEGIN IMMEDIATE"));
  std::vector<Status> outcomes;
  for (const auto& step : steps) {
    outcomes.push_back(store.run_in_savepoint(step));
    // Some errors have ended the transaction by themselves, and what came after would be kept.
    if (!database.in_transaction()) return outcomes.back().error();
  }
  STUBKEEPER_TRY(database.script("ROLLBACK"));
  return outcomes;
}

}  // namespace stubkeeper::kb
