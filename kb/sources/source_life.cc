#include "kb/sources/source_life.h"

#include <algorithm>

#include "kb/sources/sources.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {

Result<int> SourceLife::see_redirect(Id source_id, const std::string& target, const std::string& day) {
  Database& database = store_.database();
  STUBKEEPER_TRY(
      database.run("DELETE FROM redirect_sighting WHERE source_id = ? AND target <> ?", {source_id, target}));
  STUBKEEPER_TRY(
      database.run("INSERT INTO redirect_sighting (source_id, day, target) VALUES (?, ?, ?) ON CONFLICT DO "
                   "NOTHING",
                   {source_id, day, target}));
  STUBKEEPER_ASSIGN(const auto seen, redirects_seen(source_id));
  return static_cast<int>(seen.size());
}

Status SourceLife::forget_redirects(Id source_id) {
  return store_.database().run("DELETE FROM redirect_sighting WHERE source_id = ?", {source_id});
}

Result<std::vector<SourceLife::Sighting>> SourceLife::redirects_seen(Id source_id) {
  std::vector<Sighting> seen;
  STUBKEEPER_TRY(
      store_.database().run("SELECT day, target FROM redirect_sighting WHERE source_id = ? ORDER BY day",
                            {source_id}, [&](const Row& row) -> Status {
                              seen.push_back({row.text(0), row.text(1)});
                              return {};
                            }));
  return seen;
}

Result<Id> SourceLife::move(const Source& source, const std::string& target, Timestamp now) {
  Database& database = store_.database();
  Sources sources{store_};
  Id has_it = source.id;
  STUBKEEPER_TRY(store_.atomically([&]() -> Status {
    STUBKEEPER_ASSIGN(const auto other, sources.at_address(target));
    if (other) {
      has_it = other->id;
      STUBKEEPER_TRY(database.run(
          "INSERT INTO entry_source (entry_id, source_id) SELECT entry_id, ?1 FROM entry_source WHERE "
          "source_id = ?2 ON CONFLICT DO NOTHING",
          {has_it, source.id}));
      STUBKEEPER_TRY(
          database.run("UPDATE source_move SET source_id = ?1 WHERE source_id = ?2", {has_it, source.id}));
      STUBKEEPER_TRY(sources.set_state(source.id, SourceState::removed));
      if (other->state == SourceState::removed)
        STUBKEEPER_TRY(sources.set_state(has_it, SourceState::active));
    } else {
      STUBKEEPER_TRY(database.run("UPDATE source SET address = ? WHERE id = ?", {target, source.id}));
      // A page is the same document at its new address, so that its old snapshots still say what is news.
      STUBKEEPER_TRY(database.run(
          "UPDATE document SET identity = ?1, address = ?1 WHERE source_id = ?2 AND identity = ?3",
          {target, source.id, source.address}));
    }
    STUBKEEPER_TRY(forget_redirects(source.id));
    return database.run(
        "INSERT INTO source_move (source_id, old_address, new_address, moved_at) VALUES (?, ?, ?, ?)",
        {has_it, source.address, target, value_of(now)});
  }));
  return has_it;
}

Result<std::vector<SourceMove>> SourceLife::moves_to(Id source_id) {
  std::vector<SourceMove> moves;
  STUBKEEPER_TRY(store_.database().run(
      "SELECT old_address, new_address, moved_at FROM source_move WHERE source_id = ? ORDER BY id",
      {source_id}, [&](const Row& row) -> Status {
        moves.push_back({row.text(0), row.text(1), row.time(2)});
        return {};
      }));
  return moves;
}

Status SourceLife::note_absence(Id source_id, Timestamp now) {
  return store_.database().run("UPDATE source SET absences = absences + 1, absent_at = ? WHERE id = ?",
                               {value_of(now), source_id});
}

Status SourceLife::call_gone(Id source_id, Timestamp now) {
  return store_.database().run("UPDATE source SET state = 'gone', gone_at = ? WHERE id = ?",
                               {value_of(now), source_id});
}

Status SourceLife::call_back(Id source_id) {
  return store_.database().run("UPDATE source SET state = 'active', gone_at = NULL WHERE id = ?",
                               {source_id});
}

Status SourceLife::settle_flags(Timestamp now) {
  Database& database = store_.database();
  STUBKEEPER_TRY(database.run(
      "UPDATE flag SET resolved_at = ?, resolution = CASE (SELECT state FROM source WHERE source.id = "
      "about_source_id) WHEN 'active' THEN 'it answers again' ELSE 'the entry does not lean on it any more' "
      "END "
      "WHERE name = 'source-gone' AND entry_id IS NOT NULL AND resolved_at IS NULL AND NOT EXISTS (SELECT 1 "
      "FROM "
      "entry_source JOIN source ON source.id = entry_source.source_id WHERE entry_source.entry_id = "
      "flag.entry_id "
      "AND source.id = about_source_id AND source.state = 'gone')",
      {value_of(now)}));
  return database.run(
      "INSERT INTO flag (name, detail, entry_id, about_source_id, raised_at) SELECT 'source-gone', "
      "source.address || ': ' || source.last_error, entry_source.entry_id, source.id, ? FROM source JOIN "
      "entry_source ON entry_source.source_id = source.id WHERE source.state = 'gone' AND NOT EXISTS (SELECT "
      "1 "
      "FROM flag WHERE flag.entry_id = entry_source.entry_id AND flag.about_source_id = source.id AND "
      "flag.name "
      "= 'source-gone' AND flag.resolved_at IS NULL)",
      {value_of(now)});
}

Result<std::vector<EntryFlag>> SourceLife::entry_flags() {
  std::vector<EntryFlag> flags;
  STUBKEEPER_TRY(store_.database().run(
      "SELECT entry_id, about_source_id, flag.id, flag.name, flag.detail, raised_at FROM flag JOIN entry ON "
      "entry.id = entry_id WHERE resolved_at IS NULL AND entry.state <> 'removed' ORDER BY entry.path, "
      "flag.id",
      {}, [&](const Row& row) -> Status {
        flags.push_back(
            {row.integer(0), row.integer(1), {row.integer(2), row.text(3), row.text(4), row.time(5), {}}});
        return {};
      }));
  return flags;
}

std::string archived_copy_address(const std::string& address, Timestamp around) {
  std::string digits;
  for (const char c : rfc3339(around)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return "https://web.archive.org/web/" + digits + "/" + address;
}

}  // namespace stubkeeper::kb
