#include "kb/runs.h"

#include "kb/database.h"

namespace stubkeeper::kb {
namespace {

#define RUN_COLUMNS "id, started_at, ended_at, state, drafter, report_json, tokens_spent, micro_usd_spent "

Run run_of(const Row& row) {
  Run run;
  run.id = row.integer(0);
  run.started_at = row.time(1);
  run.ended_at = row.optional_time(2);
  run.state = run_state_from_name(row.text(3)).value_or(RunState::failed);
  run.drafter = row.text(4);
  run.report_json = row.text(5);
  run.tokens_spent = row.integer(6);
  run.micro_usd_spent = row.integer(7);
  return run;
}

}  // namespace

Result<Id> Runs::begin(const std::string& drafter, Timestamp now) {
  Database& database = store_.database();
  STUBKEEPER_TRY(store_.atomically([&]() -> Status {
    STUBKEEPER_TRY(database.run("UPDATE run SET state = 'interrupted' WHERE state = 'running'", {}));
    return database.run("INSERT INTO run (started_at, state, drafter) VALUES (?, 'running', ?)",
                        {value_of(now), drafter});
  }));
  return database.last_insert_id();
}

Status Runs::end(Id run_id, RunState state, Timestamp now, const std::string& report_json,
                 std::int64_t tokens, std::int64_t micro_usd) {
  return store_.database().run(
      "UPDATE run SET state = ?, ended_at = ?, report_json = ?, tokens_spent = ?, micro_usd_spent = ? WHERE "
      "id = ?",
      {std::string_view{run_state_name(state)}, value_of(now), report_json, tokens, micro_usd, run_id});
}

Status Runs::record(const FetchRecord& fetch) {
  return store_.database().run(
      "INSERT INTO fetch (run_id, source_id, at, outcome, http_status, error, bytes) VALUES (?, ?, ?, ?, ?, "
      "?, ?)",
      {fetch.run_id, fetch.source_id, value_of(fetch.at), std::string_view{fetch_result_name(fetch.outcome)},
       optional_id(fetch.http_status), fetch.error, fetch.bytes});
}

Result<bool> Runs::any_answer_since(Timestamp time) {
  bool any = false;
  STUBKEEPER_TRY(
      store_.database().run("SELECT 1 FROM fetch WHERE at >= ? AND http_status IS NOT NULL LIMIT 1",
                            {value_of(time)}, [&](const Row&) -> Status {
                              any = true;
                              return {};
                            }));
  return any;
}

Result<Run> Runs::get(Id run_id) {
  std::optional<Run> found;
  STUBKEEPER_TRY(store_.database().run("SELECT " RUN_COLUMNS "FROM run WHERE id = ?", {run_id},
                                       [&](const Row& row) -> Status {
                                         found = run_of(row);
                                         return {};
                                       }));
  if (!found) return Error{ErrorCode::not_found, "there is no run " + std::to_string(run_id), "", ""};
  return *std::move(found);
}

Result<std::vector<Run>> Runs::latest(int count) {
  std::vector<Run> runs;
  STUBKEEPER_TRY(store_.database().run("SELECT " RUN_COLUMNS "FROM run ORDER BY id DESC LIMIT ?",
                                       {std::int64_t{count}}, [&](const Row& row) -> Status {
                                         runs.push_back(run_of(row));
                                         return {};
                                       }));
  return runs;
}

}  // namespace stubkeeper::kb
