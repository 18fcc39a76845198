#include "kb/runs/time_series.h"

#include "kb/entries/entry_store.h"
#include "kb/review/review_queue.h"
#include "kb/store/database.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

Timestamp at(const std::string& text) {
  return *parse_rfc3339(text);
}

struct Base {
  std::unique_ptr<kb::Store> store = ok(kb::Store::in_memory());

  kb::Entry entry(const std::string& path, kb::EntryKind kind = kb::EntryKind::entry) {
    return ok(kb::EntryStore{*store}.add({path, path + ".md", kind, "T", kb::EntryState::published, "x\n"},
                                         kb::AuthorKind::person, "jane", at("2026-01-05T00:00:00Z"), ""));
  }
  void sql(const std::string& statement) { ok(store->database().script(statement)); }
  // A change of a proposal for an entry; gives its id.
  kb::Id change(const kb::Entry& entry, const std::string& kind) {
    sql("INSERT INTO run (started_at, state, drafter) VALUES (0, 'done', 'x')");
    sql("INSERT INTO proposal (run_id, entry_id, base_revision_id, drafter, created_at) VALUES (1, " +
        std::to_string(entry.id) + ", " + std::to_string(entry.current_revision_id) + ", 'x', 0)");
    const auto proposal = std::to_string(store->database().last_insert_id());
    sql("INSERT INTO change (proposal_id, ordinal, kind, edit_json, place, old_text, new_text, reason, "
        "state) VALUES (" +
        proposal + ", 1, '" + kind + "', '{}', '', '', '', '', 'waiting')");
    return store->database().last_insert_id();
  }
  void decide(kb::Id change, const std::string& verdict, const std::string& by, const std::string& when) {
    sql("INSERT INTO decision (change_id, verdict, decided_by, decided_at) VALUES (" +
        std::to_string(change) + ", '" + verdict + "', '" + by + "', " +
        std::to_string(at(when).time_since_epoch().count()) + ")");
  }
};

}  // namespace

TEST_CASE("decisions are counted by weeks that begin on Mondays in UTC") {
  Base base;
  const kb::Id change = base.change(base.entry("a"), "add fact");
  base.decide(change, "approve", "jane", "2026-11-22T23:59:59Z");  // a Sunday
  base.decide(change, "undo", "jane", "2026-11-23T00:00:00Z");     // a Monday
  base.decide(change, "approve", "auto_approve: rechecked", "2026-11-24T10:00:00Z");
  base.decide(change, "edit", "jane", "2026-11-25T10:00:00Z");
  base.decide(change, "reject", "jane", "2026-11-25T11:00:00Z");
  base.decide(change, "reject", "jane", "2026-01-01T00:00:00Z");  // too long ago
  const auto weeks = ok(kb::decisions_by_week(*base.store, at("2026-11-25T12:00:00Z"), 3));
  REQUIRE(weeks.size() == 3);
  CHECK(iso_date(weeks[0].begin) == "2026-11-09");
  CHECK(iso_date(weeks[2].begin) == "2026-11-23");
  CHECK(weeks[0].approved == 0);
  CHECK(weeks[1].approved == 1);
  CHECK(weeks[1].by_policy == 0);
  CHECK(weeks[2].approved == 1);
  CHECK(weeks[2].by_policy == 1);
  CHECK(weeks[2].edited == 1);
  CHECK(weeks[2].rejected == 1);
  CHECK(weeks[2].undone == 1);
}

TEST_CASE("revisions of section pages and removed entries are not counted as entries") {
  Base base;
  const auto kept = base.entry("a");
  base.entry("s", kb::EntryKind::section);
  ok(kb::EntryStore{*base.store}.set_state(base.entry("gone").id, kb::EntryState::removed));
  ok(kb::EntryStore{*base.store}.add_revision(kept.id, "y\n", kb::AuthorKind::person, "jane",
                                              at("2026-02-01T00:00:00Z"), ""));
  const auto times = ok(kb::revision_times(*base.store));
  REQUIRE(times.size() == 2);
  CHECK(times[0].entry_id == kept.id);
  CHECK(times[0].created_at < times[1].created_at);
}

TEST_CASE("the choices of the queue are what waiting changes have") {
  Base base;
  const auto entry = base.entry("a");
  const kb::Id flagged = base.change(entry, "add fact");
  base.change(entry, "add fact");
  const kb::Id decided = base.change(entry, "write summary");
  for (const auto& [change, resolved] :
       {std::pair{flagged, "NULL"}, std::pair{flagged, "1"}, std::pair{decided, "NULL"}})
    base.sql("INSERT INTO flag (name, change_id, raised_at, resolved_at) VALUES ('old-source', " +
             std::to_string(change) + ", 0, " + resolved + ")");
  base.sql("UPDATE change SET state = 'rejected' WHERE id = " + std::to_string(decided));
  const auto choices = ok(kb::queue_facets(*base.store));
  CHECK(choices.flags == std::vector<std::pair<std::string, int>>{{"old-source", 1}});
  CHECK(choices.kinds == std::vector<std::pair<std::string, int>>{{"add fact", 2}});
}
