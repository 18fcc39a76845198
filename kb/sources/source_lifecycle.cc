#include "kb/sources/source_lifecycle.h"

#include "base/text/ascii.h"
#include "kb/sources/sources.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {

Result<int> SourceLifecycle::record_redirect(Id source_id, const std::string& target,
                                             const std::string& day) {
  Database& database = store_.database();
  STUBKEEPER_TRY(
      database.run("DELETE FROM redirect_sighting WHERE source_id = ? AND target <> ?", {source_id, target}));
  STUBKEEPER_TRY(database.run(
      "INSERT INTO redirect_sighting (source_id, day, target) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      {source_id, day, target}));
  STUBKEEPER_ASSIGN(const auto seen, list_redirects(source_id));
  return static_cast<int>(seen.size());
}

Status SourceLifecycle::clear_redirects(Id source_id) {
  return store_.database().run("DELETE FROM redirect_sighting WHERE source_id = ?", {source_id});
}

Result<std::vector<SourceLifecycle::RedirectSighting>> SourceLifecycle::list_redirects(Id source_id) {
  return store_.database().query("SELECT day, target FROM redirect_sighting WHERE source_id = ? ORDER BY day",
                                 {source_id}, [](const Row& row) {
                                   return RedirectSighting{row.text(0), row.text(1)};
                                 });
}

Result<Id> SourceLifecycle::move(const Source& source, const std::string& target, Timestamp now) {
  Database& database = store_.database();
  Sources sources{store_};
  Id owner_id = source.id;
  STUBKEEPER_TRY(store_.run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto other, sources.at_address(target));
    if (other) {
      owner_id = other->id;
      STUBKEEPER_TRY(database.run(
          "INSERT INTO entry_source (entry_id, source_id) SELECT entry_id, ?1 FROM entry_source WHERE "
          "source_id = ?2 ON CONFLICT DO NOTHING",
          {owner_id, source.id}));
      STUBKEEPER_TRY(
          database.run("UPDATE source_move SET source_id = ?1 WHERE source_id = ?2", {owner_id, source.id}));
      STUBKEEPER_TRY(sources.set_state(source.id, SourceState::removed));
      if (other->state == SourceState::removed)
        STUBKEEPER_TRY(sources.set_state(owner_id, SourceState::active));
    } else {
      STUBKEEPER_TRY(database.run("UPDATE source SET address = ? WHERE id = ?", {target, source.id}));
      // A page is the same document at its new address, so that its old passages are no news.
      STUBKEEPER_TRY(database.run(
          "UPDATE document SET identity = ?1, address = ?1 WHERE source_id = ?2 AND identity = ?3",
          {target, source.id, source.address}));
    }
    STUBKEEPER_TRY(clear_redirects(source.id));
    return database.run(
        "INSERT INTO source_move (source_id, old_address, new_address, moved_at) VALUES (?, ?, ?, ?)",
        {owner_id, source.address, target, to_value(now)});
  }));
  return owner_id;
}

Result<std::vector<SourceMove>> SourceLifecycle::list_moves(Id source_id) {
  return store_.database().query(
      "SELECT old_address, new_address, moved_at FROM source_move WHERE source_id = ? ORDER BY id",
      {source_id}, [](const Row& row) {
        return SourceMove{row.text(0), row.text(1), row.time(2)};
      });
}

Status SourceLifecycle::record_absence(Id source_id, Timestamp now) {
  return store_.database().run("UPDATE source SET absences = absences + 1, absent_at = ? WHERE id = ?",
                               {to_value(now), source_id});
}

Status SourceLifecycle::mark_gone(Id source_id, Timestamp now) {
  return store_.database().run("UPDATE source SET state = 'gone', gone_at = ? WHERE id = ?",
                               {to_value(now), source_id});
}

Status SourceLifecycle::mark_active(Id source_id) {
  return store_.database().run("UPDATE source SET state = 'active', gone_at = NULL WHERE id = ?",
                               {source_id});
}

Status SourceLifecycle::sync_gone_flags(Timestamp now) {
  Database& database = store_.database();
  STUBKEEPER_TRY(database.run(
      "UPDATE flag SET resolved_at = ?, resolution = "
      "CASE (SELECT state FROM source WHERE source.id = about_source_id) WHEN 'active' THEN 'it answers "
      "again' "
      "ELSE 'the entry does not lean on it any more' END "
      "WHERE name = 'source-gone' AND entry_id IS NOT NULL AND resolved_at IS NULL AND NOT EXISTS "
      "(SELECT 1 FROM entry_source JOIN source ON source.id = entry_source.source_id "
      "WHERE entry_source.entry_id = flag.entry_id AND source.id = about_source_id AND source.state = "
      "'gone')",
      {to_value(now)}));
  return database.run(
      "INSERT INTO flag (name, detail, entry_id, about_source_id, raised_at) "
      "SELECT 'source-gone', source.address || ': ' || source.last_error, entry_source.entry_id, source.id, "
      "? "
      "FROM source JOIN entry_source ON entry_source.source_id = source.id "
      "WHERE source.state = 'gone' AND NOT EXISTS "
      "(SELECT 1 FROM flag WHERE flag.entry_id = entry_source.entry_id AND flag.about_source_id = source.id "
      "AND flag.name = 'source-gone' AND flag.resolved_at IS NULL)",
      {to_value(now)});
}

Result<std::vector<EntryFlag>> SourceLifecycle::entry_flags() {
  return store_.database().query(
      "SELECT entry_id, about_source_id, flag.id, flag.name, flag.detail, raised_at FROM flag "
      "JOIN entry ON entry.id = entry_id "
      "WHERE resolved_at IS NULL AND entry.state <> 'removed' ORDER BY entry.path, flag.id",
      {}, [](const Row& row) {
        return EntryFlag{
            row.integer(0), row.integer(1), {row.integer(2), row.text(3), row.text(4), row.time(5), {}}};
      });
}

std::string archived_copy_address(const std::string& address, Timestamp around) {
  std::string digits;
  for (const char c : rfc3339(around)) {
    if (is_ascii_digit(c)) digits += c;
  }
  return "https://web.archive.org/web/" + digits + "/" + address;
}

}  // namespace stubkeeper::kb
