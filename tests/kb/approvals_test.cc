// Which change an approval brought into which revision, in a store from before that was written down.

#include "kb/store/migrations.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;

TEST_CASE("an older store learns its approvals from its changes, its decisions and its notes") {
  const TemporaryFolder folder;
  const auto database = ok(Database::open(folder / "old.sqlite", Database::Mode::create));
  REQUIRE(migrate(*database, 22).ok());
  const std::string hash(64, '0');
  // Change 1 is approved, 12 was approved and taken back, 2 was approved as edited and taken back at the same
  // time as 12 was approved, 3 was rejected.
  REQUIRE(
      database
          ->script(
              "INSERT INTO body VALUES ('" + hash +
              "', 0, x'');"
              "INSERT INTO run (id, drafter, started_at, state) VALUES (1, 'test', 0, 'done');"
              "INSERT INTO entry (id, path, file, kind, title, state) VALUES (1, 'a', 'a.md', 'entry', "
              "'A', 'published'), (2, 'b', 'b.md', 'entry', 'B', 'published');"
              "INSERT INTO revision (id, entry_id, number, body_sha256, author_kind, author, "
              "created_at, note) VALUES "
              "(1, 1, 1, '" +
              hash +
              "', 'import', 'jane', 5, ''), "
              "(2, 1, 2, '" +
              hash +
              "', 'person', 'jane', 10, 'approved: change 1, add fact, drafted by test'), "
              "(3, 1, 3, '" +
              hash +
              "', 'person', 'jane', 20, 'approved: change 12, add fact, drafted by test'), "
              "(4, 1, 4, '" +
              hash +
              "', 'person', 'jane', 20, 'approved as edited: change 2, add fact, drafted by test'), "
              "(5, 1, 5, '" +
              hash +
              "', 'person', 'jane', 30, 'undone: change 12');"
              "INSERT INTO proposal (id, run_id, entry_id, base_revision_id, drafter, created_at) VALUES (1, "
              "1, 1, 1, 'test', 1);"
              "INSERT INTO change (id, proposal_id, ordinal, kind, edit_json, place, old_text, new_text, "
              "reason, "
              "state, applied_revision_id) VALUES (1, 1, 0, 'add fact', '{}', '', '', '', '', 'approved', "
              "2), "
              "(12, 1, 1, 'add fact', '{}', '', '', '', '', 'waiting', NULL), "
              "(2, 1, 2, 'add fact', '{}', '', '', '', '', 'waiting', NULL), "
              "(3, 1, 3, 'add fact', '{}', '', '', '', '', 'rejected', NULL);"
              "INSERT INTO decision (change_id, verdict, decided_by, decided_at) VALUES (1, 'approve', "
              "'jane', "
              "10), (12, 'approve', 'jane', 20), (2, 'edit', 'jane', 20), (12, 'undo', 'jane', 30), (2, "
              "'undo', "
              "'jane', 31), (3, 'reject', 'jane', 20);")
          .ok());
  REQUIRE(migrate(*database, latest_schema_version()).ok());
  std::string approvals;
  REQUIRE(database
              ->run("SELECT revision_id, change_id FROM approval ORDER BY 1, 2", {},
                    [&](const Row& row) -> Status {
                      approvals +=
                          std::to_string(row.integer(0)) + ":" + std::to_string(row.integer(1)) + " ";
                      return {};
                    })
              .ok());
  CHECK(approvals == "2:1 3:12 4:2 ");
  CHECK_FALSE(database->script("DELETE FROM approval").ok());
  CHECK_FALSE(database->script("UPDATE approval SET change_id = 3").ok());
}
