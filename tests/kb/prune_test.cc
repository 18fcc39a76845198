// A prune takes away what nothing needs, and nothing else.

#include "kb/sources/prune.h"

#include <filesystem>

#include "kb/entries/entry_store.h"
#include "kb/runs/runs.h"
#include "kb/runs/store_growth.h"
#include "kb/sources/host_boilerplate.h"
#include "kb/sources/revisit_store.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "kb/store/database.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;

namespace {

Timestamp at(const std::string& day) {
  return *parse_rfc3339(day + "T10:00:00Z");
}

// A page that was read often, for an entry.
struct Fixture {
  TemporaryFolder folder;
  std::unique_ptr<Store> store = ok(Store::create(folder / "kb.sqlite"));
  Id source = ok(Sources{*store}.add("page", "https://a.org/x", "", at("2024-01-01")));
  Id document = ok(Snapshots{*store}.document(source, "https://a.org/x", "https://a.org/x", "a.org")).id;
  Entry entry = ok(EntryStore{*store}.add(
      {"a", "a.md", EntryKind::entry, "A", EntryState::published, "---\ntitle: A\n---\nWords.\n"},
      AuthorKind::person, "jane", at("2024-01-01"), ""));

  void sql(const std::string& statement) { REQUIRE(store->database().script(statement).ok()); }
  std::int64_t number(const std::string& query) { return ok(store->database().query_number(query, {})); }

  // One passage a line.
  Snapshot read(const std::string& day, const std::string& text) {
    NewSnapshot snapshot;
    snapshot.metadata.fetched_at = at(day);
    const std::string body = "<p>" + text;
    snapshot.body = body;
    snapshot.text = text;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      Passage passage;
      passage.ordinal = static_cast<int>(snapshot.passages.size());
      passage.begin_byte = begin;
      passage.end_byte = end;
      passage.normalized_sha256 = text.substr(begin, end - begin);
      snapshot.passages.push_back(passage);
      begin = end + 1;
    }
    return ok(Snapshots{*store}.get(ok(Snapshots{*store}.add(document, snapshot))));
  }
  void cite(const Snapshot& snapshot, const std::string& quote) {
    sql("INSERT INTO claim (entry_id, block_id, text, status, first_revision_id) SELECT " +
        std::to_string(entry.id) + ", 'b' || count(*), '', '', " + std::to_string(entry.current_revision_id) +
        " FROM claim");
    sql("INSERT INTO citation (claim_id, snapshot_id, begin_byte, end_byte, quote, role) SELECT max(id), " +
        std::to_string(snapshot.id) + ", 0, 1, '" + quote + "', 'supports' FROM claim");
  }
  // Of the first passage of a snapshot.
  void route(const Snapshot& snapshot, bool is_drafted) {
    const Id run = ok(Runs{*store}.begin("extractive", at("2024-01-01")));
    sql("INSERT INTO routing (passage_id, entry_id, reason, run_id, drafted_in_run_id) SELECT id, " +
        std::to_string(entry.id) + ", 'cites_source', " + std::to_string(run) + ", " +
        (is_drafted ? std::to_string(run) : "NULL") +
        " FROM passage WHERE ordinal = 0 AND snapshot_id = " + std::to_string(snapshot.id));
  }
  PruneOutcome prune(const std::string& older_than, bool dry_run = false) {
    return ok(prune_snapshots(*store, {at(older_than), "jane", at("2026-01-01"), dry_run}));
  }
  std::vector<Id> snapshots() {
    return ok(store->database().query("SELECT id FROM snapshot ORDER BY id", {}, first_integer));
  }
};

using Kept = std::vector<std::pair<std::string, std::int64_t>>;

}  // namespace

TEST_CASE(
    "a prune takes away old snapshots with their texts, and keeps the first and the latest of a document") {
  Fixture f;
  const Snapshot first = f.read("2024-01-01", "One.");
  const Snapshot second = f.read("2024-02-01", "Two.");
  const Snapshot third = f.read("2024-03-01", "Three.");
  const Snapshot latest = f.read("2024-04-01", "Four.");
  const auto outcome = f.prune("2025-01-01");
  CHECK(outcome.snapshots == 4);
  CHECK(outcome.pruned == 2);
  CHECK(outcome.kept == Kept{{"the first of their document", 1},
                             {"the latest of their document, which the next look is compared with", 1}});
  CHECK(f.snapshots() == std::vector<Id>{first.id, latest.id});
  CHECK_FALSE(Bodies{*f.store}.get(second.text_sha256).ok());
  CHECK_FALSE(Bodies{*f.store}.get(third.body_sha256).ok());
  CHECK(ok(Bodies{*f.store}.get(latest.text_sha256)) == "Four.");
  CHECK(ok(f.store->check_integrity(true)).empty());
}

TEST_CASE("a prune leaves younger snapshots alone") {
  Fixture f;
  for (const char* day : {"2024-01-01", "2025-02-01", "2025-03-01", "2025-04-01"}) f.read(day, day);
  CHECK(f.prune("2025-01-01").pruned == 0);
  CHECK(f.snapshots().size() == 4);
}

TEST_CASE("a text that a snapshot has in common with another one stays") {
  Fixture f;
  f.read("2024-01-01", "One.");
  const Snapshot pruned = f.read("2024-02-01", "Two.");
  f.read("2024-03-01", "Three.");
  const Snapshot latest = f.read("2024-04-01", "Two.");
  CHECK(f.prune("2025-01-01").pruned == 2);
  CHECK(ok(Bodies{*f.store}.get(pruned.text_sha256)) == "Two.");
  CHECK(ok(Snapshots{*f.store}.text(latest)) == "Two.");
}

TEST_CASE("cited snapshots stay, and since when the words were there") {
  Fixture f;
  f.read("2024-01-01", "Zero.");
  f.read("2024-02-01", "One.");
  f.read("2024-03-01", "Two.");
  f.read("2024-04-01", "Two. It opened.");
  f.read("2024-05-01", "Three. It opened.");
  f.read("2024-06-01", "Four. It opened.");
  const Snapshot cited = f.read("2024-07-01", "Five. It opened.");
  f.read("2024-08-01", "Six. It opened.");
  f.read("2024-09-01", "Seven.");
  f.cite(cited, "It opened.");
  const auto before = ok(find_first_seen(*f.store, cited, "It opened."));
  const auto outcome = f.prune("2025-01-01");
  CHECK(outcome.pruned == 4);
  const auto after = ok(find_first_seen(*f.store, cited, "It opened."));
  CHECK(after.at == before.at);
  CHECK(after.at == at("2024-04-01"));
  CHECK(after.was_absent_before);
  CHECK(outcome.kept.at(1) == Kept::value_type{"show since when quoted words are there", 2});
}

TEST_CASE("a snapshot with a passage that waits for a draft stays, and one that was drafted from may go") {
  Fixture f;
  f.read("2024-01-01", "One.");
  const Snapshot waiting = f.read("2024-02-01", "Two.");
  const Snapshot drafted = f.read("2024-03-01", "Three.");
  f.read("2024-04-01", "Four.");
  f.route(waiting, false);
  f.route(drafted, true);
  CHECK(f.prune("2025-01-01").pruned == 1);
  CHECK(ok(Snapshots{*f.store}.get(waiting.id)).id == waiting.id);
  CHECK(ok(was_routed_before_prune(*f.store, f.entry.id, "Three.")));
  CHECK_FALSE(ok(was_routed_before_prune(*f.store, f.entry.id, "Two.")));
  CHECK_FALSE(ok(was_routed_before_prune(*f.store, f.entry.id + 1, "Three.")));
}

TEST_CASE("passages of pruned snapshots stay known to their document and to its host") {
  Fixture f;
  f.read("2024-01-01", "One.");
  f.read("2024-02-01", "Two.\nThree.");
  f.read("2024-03-01", "Four.");
  const auto known = [&] {
    auto hashes = ok(Snapshots{*f.store}.passage_hashes(f.document, true));
    std::ranges::sort(hashes);
    return hashes;
  };
  const auto before = known();
  CHECK(f.prune("2025-01-01").pruned == 1);
  CHECK(known() == before);
  // Where "Two." counts as one of this page's already, it is not counted once more.
  const DocumentRecord document = ok(Snapshots{*f.store}.get_document(f.document));
  f.sql("INSERT INTO host_passage (host, likeness_sha256, pages) VALUES ('a.org', 'Two.', 3)");
  CHECK_FALSE(ok(HostBoilerplate{*f.store}.is_boilerplate(document, "Two.")));
  Passage again;
  again.normalized_sha256 = "Two.";
  REQUIRE(HostBoilerplate{*f.store}.count(document, {again}).ok());
  CHECK(f.number("SELECT pages FROM host_passage WHERE likeness_sha256 = 'Two.'") == 3);
}

TEST_CASE("what a table refers to that the prune does not know stays") {
  Fixture f;
  f.read("2024-01-01", "One.");
  const Snapshot by_row = f.read("2024-02-01", "Two.");
  const Snapshot by_passage = f.read("2024-03-01", "Three.");
  const Snapshot by_text = f.read("2024-04-01", "Four.");
  f.read("2024-05-01", "Five.");
  f.sql(
      "CREATE TABLE later_part (snapshot_id INTEGER REFERENCES snapshot (id), passage_id INTEGER REFERENCES passage "
      "(id), text_sha256 TEXT REFERENCES body (sha256)) STRICT");
  f.sql("INSERT INTO later_part VALUES (" + std::to_string(by_row.id) + ", NULL, NULL)");
  f.sql("INSERT INTO later_part SELECT NULL, id, NULL FROM passage WHERE snapshot_id = " +
        std::to_string(by_passage.id));
  f.sql("INSERT INTO later_part VALUES (NULL, NULL, '" + by_text.text_sha256 + "')");
  const auto outcome = f.prune("2025-01-01");
  CHECK(outcome.pruned == 1);
  CHECK(std::ranges::find(outcome.kept, Kept::value_type{"used by later part", 2}) != outcome.kept.end());
  CHECK(ok(Bodies{*f.store}.get(by_text.text_sha256)) == "Four.");
  CHECK(ok(f.store->check_integrity(true)).empty());
}

TEST_CASE("a dry run says what a prune does, and does nothing") {
  Fixture f;
  for (int day = 10; day < 28; ++day)
    f.read("2024-01-" + std::to_string(day), std::string(500, 'a') + std::to_string(day));
  const auto planned = f.prune("2025-01-01", true);
  CHECK(f.snapshots().size() == 18);
  CHECK(f.number("SELECT count(*) FROM prune") == 0);
  CHECK(f.number("SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name GLOB 'prune_[0-9]*'") ==
        0);
  const auto done = f.prune("2025-01-01");
  CHECK(planned.pruned == done.pruned);
  CHECK(planned.pruned == 16);
  CHECK(planned.kept == done.kept);
  CHECK(planned.free_bytes == done.free_bytes);
  CHECK(f.number("SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name GLOB 'prune_[0-9]*'") ==
        0);
}

TEST_CASE("the file is smaller once its space was given back") {
  Fixture f;
  // Texts that zstd does not make small.
  std::uint32_t random = 1;
  for (int month = 1; month < 13; ++month) {
    std::string text;
    for (int i = 0; i < 20'000; ++i)
      text += static_cast<char>('a' + (random = random * 1664525 + 1013904223) / 165191050);
    f.read("2024-" + std::string(month < 10 ? "0" : "") + std::to_string(month) + "-01", text);
  }
  const auto outcome = f.prune("2025-01-01");
  CHECK(outcome.free_bytes > 200'000);  // ten texts of 12 kB, compressed, and as many bodies
  REQUIRE(give_space_back(*f.store).ok());
  CHECK(ok(store_bytes(*f.store)) <= outcome.bytes_before - outcome.free_bytes);
  f.store.reset();
  CHECK(static_cast<std::int64_t>(std::filesystem::file_size(f.folder / "kb.sqlite")) <=
        outcome.bytes_before - outcome.free_bytes);
}

TEST_CASE("outside a prune nothing of a snapshot can be deleted, and in one nothing that is cited") {
  Fixture f;
  const Snapshot cited = f.read("2024-01-01", "One.");
  f.cite(cited, "One.");
  f.read("2024-02-01", "Two.");
  const auto refused = [&](const std::string& statement) {
    return !f.store->database().script(statement).ok();
  };
  for (const char* table : {"snapshot", "passage", "body"})
    CHECK(refused("DELETE FROM " + std::string{table}));
  f.prune("2025-01-01");
  for (const char* table : {"snapshot", "passage", "body"})
    CHECK(refused("DELETE FROM " + std::string{table}));
  f.sql("BEGIN; INSERT INTO prune (older_than, asked_by, began_at) VALUES (" +
        std::to_string(at("2024-01-15").time_since_epoch().count()) + ", 'jane', 0)");
  CHECK(refused("DELETE FROM snapshot WHERE id = " + std::to_string(cited.id)));
  CHECK(refused("DELETE FROM snapshot WHERE id > " + std::to_string(cited.id)));
  f.sql("ROLLBACK");
}

TEST_CASE("a source's changes are counted as before where their snapshots were pruned") {
  Fixture f;
  const Id run = ok(Runs{*f.store}.begin("extractive", at("2024-01-01")));
  for (const char* day : {"2024-01-01", "2024-02-01", "2024-03-01"}) {
    f.read(day, day);
    REQUIRE(Runs{*f.store}.record({run, f.source, at(day), FetchResultKind::changed, 200, "", 0}).ok());
  }
  const auto documents = [&] {
    std::vector<int> counts;
    for (const auto& answer : ok(RevisitStore{*f.store}.successful_fetches(f.source, std::nullopt)))
      counts.push_back(answer.documents);
    return counts;
  };
  const auto before = documents();
  CHECK(f.prune("2025-01-01").pruned == 1);
  CHECK(documents() == before);
}

TEST_CASE("growth is learned from the sizes at the ends of runs, without space that was given back") {
  Fixture f;
  const auto run_of_size = [&](const std::string& day, std::int64_t bytes) {
    const Id run = ok(Runs{*f.store}.begin("extractive", at(day)));
    REQUIRE(Runs{*f.store}.end(run, RunState::done, at(day), "", 0, 0).ok());
    CHECK(f.number("SELECT store_bytes FROM run ORDER BY id DESC LIMIT 1") > 4096);
    f.sql("UPDATE run SET store_bytes = " + std::to_string(bytes) + " WHERE id = " + std::to_string(run));
  };
  CHECK_FALSE(ok(measure_growth(*f.store, at("2025-06-30"))).bytes_per_month);
  run_of_size("2025-01-01", 1);  // too long ago
  run_of_size("2025-06-10", 1'000'000);
  run_of_size("2025-06-14", 1'600'000);
  CHECK_FALSE(ok(measure_growth(*f.store, at("2025-06-14"))).bytes_per_month);
  run_of_size("2025-06-20", 400'000);  // a prune
  run_of_size("2025-06-25", 800'000);
  CHECK(ok(measure_growth(*f.store, at("2025-06-30"))).bytes_per_month == 2'000'000);
}
