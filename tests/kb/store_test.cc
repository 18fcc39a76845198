#include "kb/store/store.h"

#include <sqlite3.h>

#include <filesystem>
#include <map>

#include "kb/sources/snapshots.h"
#include "kb/store/database.h"
#include "kb/store/migrations.h"
#include "schema/embedded_files.h"
#include "tests/support/catch.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;

namespace {

// Runs SQL on a file behind the store's back.
void tamper(const std::string& file, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
  char* problem = nullptr;
  const int state = sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &problem);
  INFO((problem == nullptr ? "" : problem));
  REQUIRE(state == SQLITE_OK);
  sqlite3_close(database);
}

std::string text_of_pragma(const std::unique_ptr<Store>& store, const std::string& pragma) {
  std::string text;
  REQUIRE(store->database()
              .run("PRAGMA " + pragma, {},
                   [&](const Row& row) -> Status {
                     text = row.text(0);
                     return {};
                   })
              .ok());
  return text;
}

std::string schema_of(Database& database) {
  std::string schema;
  REQUIRE(database
              .run("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name", {},
                   [&](const Row& row) -> Status {
                     schema += row.text(0) + ": " + row.text(1) + "\n";
                     return {};
                   })
              .ok());
  return schema;
}

}  // namespace

TEST_CASE("a new store is durable, strict and marked as ours") {
  const TemporaryFolder folder;
  const auto store = Store::create(folder / "kb.sqlite");
  REQUIRE(store.ok());
  CHECK(text_of_pragma(*store, "journal_mode") == "wal");
  CHECK(text_of_pragma(*store, "synchronous") == "2");
  CHECK(text_of_pragma(*store, "foreign_keys") == "1");
  CHECK(text_of_pragma(*store, "application_id") == std::to_string(0x5354424B));
  CHECK((*store)->schema_version() == latest_schema_version());
  const std::string schema = schema_of((*store)->database());
  for (std::size_t at = schema.find("CREATE TABLE"); at != std::string::npos;
       at = schema.find("CREATE TABLE", at + 1)) {
    const std::size_t end = schema.find("\n", schema.find("\n)", at) + 1);
    INFO(schema.substr(at, end - at));
    CHECK(schema.substr(at, end - at).find("STRICT") != std::string::npos);
  }
  CHECK(Store::create(folder / "kb.sqlite").error().code == ErrorCode::already_exists);
}

TEST_CASE("each number of a migration is one file's, from 1 on without gaps") {
  constexpr std::string_view folder = "migrations/";
  std::map<std::string, std::string> files;
  for (const schema::EmbeddedFile& file : schema::embedded_files()) {
    if (!file.path.starts_with(folder)) continue;
    const std::string name{file.path.substr(folder.size())};
    const auto [known, is_new] = files.emplace(name.substr(0, name.find('_')), name);
    INFO(name << " and " << known->second);
    CHECK(is_new);
  }
  CHECK(static_cast<int>(files.size()) == latest_schema_version());
}

TEST_CASE("every migration leads from every earlier version to the same schema") {
  const TemporaryFolder folder;
  const auto newest = Store::create(folder / "newest.sqlite");
  const std::string wanted = schema_of((*newest)->database());
  for (int from = 0; from < latest_schema_version(); ++from) {
    const std::string file = folder / ("from-" + std::to_string(from) + ".sqlite");
    auto database = Database::open(file, Database::Mode::create);
    REQUIRE(database.ok());
    REQUIRE(migrate(**database, from).ok());
    REQUIRE(migrate(**database, latest_schema_version()).ok());
    CHECK(schema_of(**database) == wanted);
  }
}

TEST_CASE("sources of an older store keep their kinds, and a new kind needs no list of kinds in the store") {
  constexpr int before_names = 25;
  const TemporaryFolder folder;
  auto database = Database::open(folder / "kb.sqlite", Database::Mode::create);
  REQUIRE(database.ok());
  REQUIRE(migrate(**database, before_names).ok());
  REQUIRE((*database)
              ->script("INSERT INTO source (kind, address, added_at, due_at) VALUES "
                       "('feed', 'https://a.example', 0, 0), ('file', '/b.pdf', 0, 0)")
              .ok());
  REQUIRE(migrate(**database, latest_schema_version()).ok());
  REQUIRE(
      (*database)
          ->script("INSERT INTO source (kind, address, added_at, due_at) VALUES ('links', 'https://c', 0, 0)")
          .ok());
  std::string kinds;
  REQUIRE((*database)
              ->run("SELECT kind FROM source ORDER BY id", {},
                    [&](const Row& row) -> Status {
                      kinds += row.text(0) + " ";
                      return {};
                    })
              .ok());
  CHECK(kinds == "feed file links ");
}

TEST_CASE("an entry's changes are looked for by the entry and not among all that wait") {
  const TemporaryFolder folder;
  REQUIRE(Store::create(folder / "kb.sqlite").ok());
  const auto store = Store::open(folder / "kb.sqlite");
  REQUIRE(store.ok());
  const auto plan_of = [&](const std::string& query) {
    std::string plan;
    REQUIRE((*store)
                ->database()
                .run("EXPLAIN QUERY PLAN " + query, {},
                     [&](const Row& row) -> Status {
                       plan += row.text(3) + "\n";
                       return {};
                     })
                .ok());
    return plan;
  };
  const std::string of_entry = plan_of(
      "SELECT change.id FROM proposal JOIN change ON proposal.id = proposal_id "
      "WHERE proposal.entry_id = ? AND change.state = 'waiting' ORDER BY change.id");
  CHECK(of_entry.find("proposal_by_entry") != std::string::npos);
  CHECK(of_entry.find("change_by_state") == std::string::npos);
  const std::string superseding = plan_of(
      "UPDATE change SET state = 'superseded' WHERE state = 'waiting' AND proposal_id IN (SELECT id FROM "
      "proposal WHERE entry_id = ?)");
  CHECK(superseding.find("change_by_state") == std::string::npos);
  CHECK(plan_of("SELECT id FROM change WHERE state = 'waiting'").find("change_by_state") !=
        std::string::npos);
}

TEST_CASE("a store of a newer program is refused and not touched") {
  const TemporaryFolder folder;
  REQUIRE(Store::create(folder / "kb.sqlite").ok());
  tamper(folder / "kb.sqlite", "PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE)");
  const std::string before = read_file(folder / "kb.sqlite");
  const auto opened = Store::open(folder / "kb.sqlite");
  REQUIRE_FALSE(opened.ok());
  CHECK(opened.error().code == ErrorCode::unsupported);
  CHECK(opened.error().text().find("newer") != std::string::npos);
  CHECK(read_file(folder / "kb.sqlite") == before);
}

TEST_CASE("what is no store is told apart") {
  const TemporaryFolder folder;
  CHECK(Store::open(folder / "nothing.sqlite").error().code == ErrorCode::not_found);
  write_file(folder / "text.sqlite", std::string(5000, 'x'));
  CHECK(Store::open(folder / "text.sqlite").error().code == ErrorCode::corrupt);
  tamper(folder / "other.sqlite", "CREATE TABLE a (b); PRAGMA user_version = 1");
  CHECK(Store::open(folder / "other.sqlite").error().code == ErrorCode::corrupt);
}

TEST_CASE("damage is found by the integrity check") {
  const TemporaryFolder folder;
  const std::string file = folder / "kb.sqlite";
  {
    const auto store = Store::create(file);
    for (int i = 0; i < 200; ++i)
      REQUIRE(Bodies{**store}.put("body " + std::to_string(i) + std::string(300, 'x')).ok());
    CHECK((*store)->check_integrity(true)->empty());
  }
  SECTION("a row whose bytes are not those of its hash") {
    tamper(file,
           "DROP TRIGGER body_never_changes; UPDATE body SET zstd = (SELECT zstd FROM body LIMIT 1) WHERE "
           "rowid = 7");
    const auto store = Store::open(file);
    CHECK((*store)->check_integrity(false)->empty());
    const auto problems = *(*store)->check_integrity(true);
    REQUIRE(problems.size() == 1);
  }
  SECTION("pages overwritten on disk") {
    std::string bytes = read_file(file);
    for (std::size_t i = bytes.size() / 2; i < bytes.size(); ++i) bytes[i] = '\x5A';
    write_file(file, bytes);
    std::filesystem::remove(file + "-wal");
    const auto store = Store::open(file);
    if (store.ok()) {
      const auto problems = (*store)->check_integrity(true);
      const bool found = !problems.ok() || !problems->empty();
      CHECK(found);
    } else {
      CHECK(store.error().code == ErrorCode::corrupt);
    }
  }
}

TEST_CASE("a transaction stores all or nothing, also when nested") {
  const auto store = Store::in_memory();
  const auto count = [&] {
    std::int64_t rows = 0;
    REQUIRE((*store)
                ->database()
                .run("SELECT count(*) FROM body", {},
                     [&](const Row& row) -> Status {
                       rows = row.integer(0);
                       return {};
                     })
                .ok());
    return rows;
  };
  const Status failed = (*store)->run_in_transaction([&]() -> Status {
    STUBKEEPER_ASSIGN([[maybe_unused]] const auto hash, Bodies{**store}.put("a"));
    return (*store)->run_in_transaction([&]() -> Status {
      STUBKEEPER_ASSIGN([[maybe_unused]] const auto other, Bodies{**store}.put("b"));
      return Error{ErrorCode::internal, "stop", "", ""};
    });
  });
  CHECK_FALSE(failed.ok());
  CHECK(count() == 0);
  REQUIRE((*store)
              ->run_in_transaction([&]() -> Status {
                STUBKEEPER_ASSIGN([[maybe_unused]] const auto hash, Bodies{**store}.put("a"));
                return {};
              })
              .ok());
  CHECK(count() == 1);
}

TEST_CASE("a body is stored once and comes back as it was") {
  const auto store = Store::in_memory();
  for (const std::string& body : {std::string{}, std::string(100'000, 'a'), std::string("\0\xFF\n", 3)}) {
    const auto hash = Bodies{**store}.put(body);
    CHECK(*Bodies{**store}.put(body) == *hash);
    CHECK(*Bodies{**store}.get(*hash) == body);
  }
  CHECK(Bodies{**store}.get(std::string(64, '0')).error().code == ErrorCode::not_found);
}

TEST_CASE("a backup is a whole store") {
  const TemporaryFolder folder;
  const auto store = Store::create(folder / "kb.sqlite");
  const auto hash = Bodies{**store}.put("kept");
  REQUIRE((*store)->backup_to(folder / "copy.sqlite").ok());
  const auto copy = Store::open(folder / "copy.sqlite");
  CHECK(*Bodies{**copy}.get(*hash) == "kept");
  CHECK((*store)->backup_to(folder / "copy.sqlite").error().code == ErrorCode::already_exists);
}

TEST_CASE("the schema keeps snapshots, revisions and decisions from being changed or deleted") {
  const auto store = Store::in_memory();
  for (const char* table : {"snapshot", "body", "revision", "decision", "passage", "citation"}) {
    INFO(table);
    std::string triggers;
    REQUIRE((*store)
                ->database()
                .run("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?",
                     {std::string_view{table}},
                     [&](const Row& row) -> Status {
                       triggers += row.text(0);
                       return {};
                     })
                .ok());
    CHECK(triggers.find("BEFORE UPDATE") != std::string::npos);
    CHECK(triggers.find("BEFORE DELETE") != std::string::npos);
  }
}
