#include "kb/runs/runs.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

#define RUN_COLUMNS "id, started_at, ended_at, state, drafter, report_json, tokens_spent, micro_usd_spent "

Run run_of(const Row& row) {
  Run run;
  std::string state;
  row.read(run.id, run.started_at, run.ended_at, state, run.drafter, run.report_json, run.tokens_spent,
           run.micro_usd_spent);
  run.state = run_state_from_name(state).value_or(RunState::failed);
  return run;
}

}  // namespace

Result<Id> Runs::begin(const std::string& drafter, Timestamp now) {
  Database& database = store_.database();
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_TRY(database.run("UPDATE run SET state = 'interrupted' WHERE state = 'running'", {}));
    return database.run("INSERT INTO run (started_at, state, drafter) VALUES (?, 'running', ?)",
                        {to_value(now), drafter});
  }));
  return database.last_insert_id();
}

Status Runs::end(Id run_id, RunState state, Timestamp now, const std::string& report_json,
                 std::int64_t tokens, std::int64_t micro_usd) {
  return store_.database().run(
      "UPDATE run SET state = ?, ended_at = ?, report_json = ?, tokens_spent = ?, micro_usd_spent = ?, "
      "store_bytes = (SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, "
      "pragma_freelist_count, pragma_page_size) WHERE id = ?",
      {std::string_view{run_state_name(state)}, to_value(now), report_json, tokens, micro_usd, run_id});
}

Status Runs::record(const FetchRecord& fetch) {
  Database& database = store_.database();
  STUBKEEPER_TRY(database.run(
      "INSERT INTO fetch (run_id, source_id, at, outcome, http_status, looks, first_at) "
      "SELECT quiet_run_id, id, quiet_until, 'not_modified', CASE kind WHEN 'file' THEN NULL ELSE 304 END, "
      "quiet_looks, nullif(quiet_since, quiet_until) FROM source WHERE id = ? AND quiet_looks > 0",
      {fetch.source_id}));
  if (database.changes() > 0) {
    STUBKEEPER_TRY(database.run(
        "UPDATE source SET quiet_looks = 0, quiet_since = NULL, quiet_until = NULL, quiet_run_id = NULL "
        "WHERE id = ?",
        {fetch.source_id}));
  }
  STUBKEEPER_TRY(count_fetches(fetch.run_id, fetch.at, 1, fetch.http_status != 0 ? 1 : 0));
  return database.run(
      "INSERT INTO fetch (run_id, source_id, at, outcome, http_status, error, bytes) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)",
      {fetch.run_id, fetch.source_id, to_value(fetch.at), std::string_view{fetch_result_name(fetch.outcome)},
       id_or_null(fetch.http_status), fetch.error, fetch.bytes});
}

Status Runs::count_fetches(Id run_id, Timestamp at, std::int64_t fetches, std::int64_t answers) {
  return store_.database().run(
      "INSERT INTO fetch_count (run_id, minute, last_at, fetches, answers) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT (run_id, minute) DO UPDATE SET last_at = max(last_at, excluded.last_at), "
      "fetches = fetches + excluded.fetches, answers = answers + excluded.answers",
      {run_id, std::chrono::floor<std::chrono::minutes>(at).time_since_epoch().count(), to_value(at), fetches,
       answers});
}

Result<bool> Runs::has_http_answer_since(Timestamp time) {
  return store_.database().has_rows("SELECT 1 FROM fetch_count WHERE last_at >= ? AND answers > 0 LIMIT 1",
                                    {to_value(time)});
}

Result<Run> Runs::get(Id run_id) {
  return store_.database().query_existing("SELECT " RUN_COLUMNS "FROM run WHERE id = ?", {run_id}, run_of,
                                          "there is no run " + std::to_string(run_id));
}

Result<std::vector<Run>> Runs::latest(int count) {
  return store_.database().query("SELECT " RUN_COLUMNS "FROM run ORDER BY id DESC LIMIT ?",
                                 {std::int64_t{count}}, run_of);
}

}  // namespace stubkeeper::kb
