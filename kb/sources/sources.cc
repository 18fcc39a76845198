#include "kb/sources/sources.h"

#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

#define SOURCE_COLUMNS                                                                                     \
  "source.id, source.kind, source.address, source.title, source.state, source.added_at, source.due_at, "   \
  "source.checked_at, source.changed_at, source.etag, source.last_modified, source.failures, "             \
  "source.failing_since, source.last_error, source.validated_address, source.absences, source.absent_at, " \
  "source.gone_at, source.hint_least_minutes, source.hint_skipped_hours, source.hint_skipped_days, "       \
  "EXISTS (SELECT 1 FROM redirect_sighting WHERE redirect_sighting.source_id = source.id) "

Source source_of(const Row& row) {
  Source source;
  std::string state;
  row.read(source.id, source.kind, source.address, source.title, state, source.added_at, source.due_at,
           source.checked_at, source.changed_at, source.etag, source.last_modified, source.failures,
           source.failing_since, source.last_error, source.validated_address, source.absences,
           source.absent_at, source.gone_at, source.hints.min_minutes, source.hints.skipped_hours,
           source.hints.skipped_days, source.has_permanent_redirect);
  source.state = source_state_from_name(state).value_or(SourceState::active);
  return source;
}

}  // namespace

Result<Id> Sources::add(const std::string& kind, const std::string& address, const std::string& title,
                        Timestamp now) {
  STUBKEEPER_ASSIGN(const auto known, find(address));
  if (known) {
    if (known->state == SourceState::removed) STUBKEEPER_TRY(set_state(known->id, SourceState::active));
    return known->id;
  }
  Database& database = store_.database();
  STUBKEEPER_TRY(
      database.run("INSERT INTO source (kind, address, title, added_at, due_at) VALUES (?, ?, ?, ?, ?)",
                   {kind, address, title, to_value(now), to_value(now)}));
  return database.last_insert_id();
}

Result<Source> Sources::get(Id id) {
  return store_.database().query_existing("SELECT " SOURCE_COLUMNS "FROM source WHERE id = ?", {id},
                                          source_of, "there is no source " + std::to_string(id));
}

Result<std::optional<Source>> Sources::find(const std::string& address) {
  STUBKEEPER_ASSIGN(auto found, at_address(address));
  if (found && found->state != SourceState::removed) return found;
  STUBKEEPER_ASSIGN(auto moved,
                    store_.database().query_one("SELECT " SOURCE_COLUMNS
                                                "FROM source_move JOIN source ON source.id = source_id "
                                                "WHERE old_address = ? AND source.state <> 'removed' "
                                                "ORDER BY source_move.id DESC LIMIT 1",
                                                {address}, source_of));
  return moved ? moved : found;
}

Result<std::optional<Source>> Sources::at_address(const std::string& address) {
  return store_.database().query_one("SELECT " SOURCE_COLUMNS "FROM source WHERE address = ?", {address},
                                     source_of);
}

Result<std::vector<Source>> Sources::list() {
  return store_.database().query("SELECT " SOURCE_COLUMNS "FROM source WHERE state <> 'removed' ORDER BY id",
                                 {}, source_of);
}

Status Sources::set_state(Id id, SourceState state) {
  return store_.database().run("UPDATE source SET state = ? WHERE id = ?",
                               {std::string_view{source_state_name(state)}, id});
}

Status Sources::answered(Id id, const SuccessfulFetch& answer, Timestamp now) {
  return store_.database().run(
      "UPDATE source SET checked_at = ?1, due_at = ?2, "
      "changed_at = CASE WHEN ?3 THEN ?1 ELSE changed_at END, etag = ?4, last_modified = ?5, "
      "validated_address = ?6, title = CASE WHEN ?7 = '' THEN title ELSE ?7 END, "
      "hint_least_minutes = ?8, hint_skipped_hours = ?9, hint_skipped_days = ?10, failures = 0, "
      "failing_since = NULL, last_error = '', absences = 0, absent_at = NULL, "
      "quiet_looks = quiet_looks + (?12 IS NOT NULL), "
      "quiet_since = CASE WHEN ?12 IS NULL THEN quiet_since ELSE coalesce(quiet_since, ?1) END, "
      "quiet_until = CASE WHEN ?12 IS NULL THEN quiet_until ELSE ?1 END, "
      "quiet_run_id = coalesce(?12, quiet_run_id) WHERE id = ?11",
      {to_value(now), to_value(answer.next_due), std::int64_t{answer.changed}, answer.etag,
       answer.last_modified, answer.validated_address, answer.title, answer.hints.min_minutes,
       std::int64_t{answer.hints.skipped_hours}, std::int64_t{answer.hints.skipped_days}, id,
       id_or_null(answer.not_modified_run_id)});
}

Status Sources::failed(Id id, Timestamp now, const std::string& error, Timestamp next_due) {
  return store_.database().run(
      "UPDATE source SET checked_at = ?1, due_at = ?2, failures = failures + 1, "
      "failing_since = coalesce(failing_since, ?1), last_error = ?3 WHERE id = ?4",
      {to_value(now), to_value(next_due), error, id});
}

Status Sources::clear_validators(Id id) {
  return store_.database().run("UPDATE source SET etag = '', last_modified = '' WHERE id = ?", {id});
}

Status Sources::postpone(Id id, Timestamp next_due) {
  return store_.database().run("UPDATE source SET due_at = ? WHERE id = ?", {to_value(next_due), id});
}

Status Sources::link_to_entry(Id source_id, Id entry_id) {
  return store_.database().run(
      "INSERT INTO entry_source (entry_id, source_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
      {entry_id, source_id});
}

Result<std::vector<Id>> Sources::entries_of(Id source_id) {
  return store_.database().query("SELECT entry_id FROM entry_source WHERE source_id = ? ORDER BY entry_id",
                                 {source_id}, first_integer);
}

Result<std::vector<Source>> Sources::of_entry(Id entry_id) {
  return store_.database().query("SELECT " SOURCE_COLUMNS
                                 "FROM entry_source JOIN source ON source.id = source_id "
                                 "WHERE entry_id = ? AND state <> 'removed' ORDER BY source.id",
                                 {entry_id}, source_of);
}

}  // namespace stubkeeper::kb
