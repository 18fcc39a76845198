// `stubkeeper prune`: space given back, and no answer that is another afterwards.

#include <chrono>
#include <filesystem>

#include "base/text/strings.h"
#include "tests/cli/knowledge_base.h"
#include "tests/cli/reviewed_demo.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;
namespace fs = std::filesystem;

namespace {

// What the program answers about where each line of each entry comes from, and about each change.
std::string all_answers(ReviewedDemo& reviewed) {
  std::string answers;
  const auto status = reviewed.demo.json({"status", "--entries"});
  for (const auto& entry : status["all_entries"]) {
    if (entry["state"] != "published") continue;
    const std::string path = entry["entry"];
    answers += reviewed.demo.json({"why", path.empty() ? "_index" : path}).dump() + "\n";
    answers += reviewed.demo.json({"history", path.empty() ? "_index" : path}).dump() + "\n";
  }
  for (const char* state : {"waiting", "approved", "rejected"})
    answers += reviewed.demo.json({"review", "list", "--state", state}).dump() + "\n";
  return answers;
}

// A page that changes remarkably each week, so that most of its snapshots are needed by nothing.
void read_for_weeks(ReviewedDemo& reviewed, LoopbackServer& server, int weeks) {
  reviewed.demo.run_ok(
      {"source", "add", server.address("/weekly"), "--entry", "weekly/page", "--title", "Weekly"});
  for (int week = 0; week < weeks; ++week) {
    // Text that does not compress to nothing.
    std::string figures;
    for (int i = 0; i < 800; ++i) figures += std::to_string((week * 7919 + i * 104'729) % 1'000'003) + " ";
    server.serve_page("/weekly", "<title>Weekly</title><main><p>Nobody is named in issue " +
                                     std::to_string(week) + " of this paper.</p><p>" + figures +
                                     "</p></main>");
    reviewed.program.clock.advance(std::chrono::hours{7 * 24});
    reviewed.demo.run_ok({"refresh", "--source", server.address("/weekly"), "--force"});
  }
}

}  // namespace

TEST_CASE("a prune changes no answer about where a line comes from, and leaves a sound store") {
  ReviewedDemo reviewed;
  LoopbackServer server;
  const std::string toml = reviewed.demo.kb() + "/stubkeeper.toml";
  write_file(toml,
             replace_all(read_file(toml), reviewed.demo.server().host_and_port() + "\"",
                         reviewed.demo.server().host_and_port() + "\", \"" + server.host_and_port() + "\""));
  read_for_weeks(reviewed, server, 8);
  reviewed.program.clock.set("2029-03-01T08:00:00Z");
  const std::string before = all_answers(reviewed);
  REQUIRE(before.find("\"quotes\":[{") != std::string::npos);

  const auto planned = reviewed.demo.json({"prune", "--older-than", "1y", "--keep-cited", "--dry-run"});
  const auto done = reviewed.demo.json({"prune", "--older-than", "1y", "--keep-cited"});
  CHECK(planned["dry_run"] == true);
  CHECK(done["dry_run"] == false);
  CHECK(done["pruned"] == planned["pruned"]);
  CHECK(done["pruned"] > 0);
  CHECK(done["kept"] == planned["kept"]);
  CHECK(done["kept"].size() >= 2);
  CHECK(done["bytes_given_back"] >= planned["bytes_given_back"]);
  CHECK(done["bytes_given_back"] > 0);
  CHECK(done["problem"] == "");

  CHECK(all_answers(reviewed) == before);
  CHECK(reviewed.demo.json({"doctor"})["problems"].empty());
  CHECK(query_rows(reviewed.demo.kb(), "SELECT asked_by, snapshots FROM prune") ==
        "jane|" + std::to_string(done["pruned"].get<int>()) + "|\n");
  // The next look finds nothing new, and a second prune nothing to do.
  reviewed.demo.run_ok({"refresh", "--force"});
  CHECK(reviewed.demo.json({"report"})["snapshots"] == 0);
  CHECK(reviewed.demo.json({"prune", "--older-than", "1y"})["pruned"] == 0);
  // A decision of before can still be taken back.
  reviewed.decide("undo", "raised €27 million");
}

TEST_CASE("a prune says in words what it keeps and why") {
  ReviewedDemo reviewed;
  reviewed.program.clock.set("2029-03-01T08:00:00Z");
  const std::string said = reviewed.demo.run_ok({"prune", "--older-than", "12mo", "--dry-run"});
  INFO(said);
  CHECK(said.starts_with("would take away "));
  CHECK(said.find("would give back at least ") != std::string::npos);
  CHECK(said.find(": quoted by a change or a claim\n") != std::string::npos);
  CHECK(said.find(": the latest of their document") != std::string::npos);
  CHECK(said.find("would keep      0: younger\n") != std::string::npos);
}

TEST_CASE("an age that is none, or none at all, is refused before anything is pruned") {
  TestKnowledgeBase base;
  CHECK(base.run({"prune"}).exit_code == 2);
  CHECK(base.run({"prune", "--older-than", "1"}).exit_code == 2);
  CHECK(base.run({"prune", "--older-than", "old"}).exit_code == 2);
  CHECK(base.run({"prune", "--older-than", "-1d"}).exit_code == 2);
  CHECK(base.run({"prune", "--older-than", "23h"}).exit_code == 2);
  CHECK(base.run({"prune", "--older-than", "1d"}).exit_code == 0);
  CHECK(query_rows(base.kb, "SELECT count(*) FROM prune") == "1|\n");
}

TEST_CASE("status tells the size of the store, and its growth where runs have shown it") {
  TestKnowledgeBase base;
  const auto young = base.json({"status"})["store"];
  CHECK(young["bytes"] == static_cast<std::int64_t>(fs::file_size(base.kb + "/kb.sqlite")));
  CHECK(young["snapshots"] == 0);
  CHECK(young["bytes_per_month"].is_null());
  base.sql(
      "INSERT INTO run (started_at, ended_at, state, drafter, store_bytes) SELECT now - age * 86400000, now - "
      "age * 86400000, 'done', 'extractive', 9000000 - age * 100000 FROM (SELECT unixepoch() * 1000 AS now), "
      "(SELECT 20 AS age UNION SELECT 10 UNION SELECT 0)");
  CHECK(base.json({"status"})["store"]["bytes_per_month"] == 3'000'000);
  CHECK(base.run_ok({"status"}).out.find(" kB, 0 snapshots; grows by 3.0 MB a month\n") != std::string::npos);
}

TEST_CASE("a prune killed at any point leaves a whole store, and the next one ends it") {
  TestKnowledgeBase base;
  base.add_exported_stub();
  // Two years ago many snapshots of one page that nothing cites; the texts do not matter, their number does.
  base.sql(
      "INSERT INTO document (source_id, identity, address) SELECT min(id), 'x', 'https://a.org/x' FROM source");
  base.sql(
      "CREATE TEMP TABLE number AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 800) "
      "SELECT i, (SELECT max(id) FROM document) AS document, (SELECT body_sha256 FROM snapshot LIMIT 1) AS body, "
      "(SELECT text_sha256 FROM snapshot LIMIT 1) AS text FROM n; "
      "INSERT INTO snapshot (document_id, fetched_at, body_sha256, text_sha256) SELECT document, 1000000 + i, body, "
      "text FROM number; INSERT INTO passage (snapshot_id, ordinal, begin_byte, end_byte, likeness_sha256, is_new) "
      "SELECT id, i % 20, 0, 1, 'passage ' || i, 0 FROM snapshot, number WHERE i <= 20 AND fetched_at < 2000000");
  const std::string pristine = base.folder / "pristine";
  replace_folder(base.kb, pristine);
  const std::vector<std::string> command{"prune", "--older-than", "1y", "--kb", base.kb};
  const auto contents = [&] {
    return query_rows(base.kb, "SELECT id FROM snapshot ORDER BY id") +
           query_rows(base.kb, "SELECT sha256 FROM body") +
           query_rows(base.kb, "SELECT count(*), min(likeness_sha256) FROM pruned_passage");
  };
  const std::string untouched = contents();
  const auto start = std::chrono::steady_clock::now();
  REQUIRE(run_stubkeeper(command).exit_code == 0);
  const auto whole = static_cast<long>(
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - start)
          .count());
  const std::string pruned = contents();
  REQUIRE(pruned != untouched);

  int killed = 0;
  const auto check_after = [&](bool was_killed) {
    killed += was_killed ? 1 : 0;
    check_integrity(base.kb);
    const std::string left = contents();
    REQUIRE((left == untouched || left == pruned));
    REQUIRE(run_stubkeeper(command).exit_code == 0);
    REQUIRE(contents() == pruned);
    replace_folder(pristine, base.kb);
  };
  replace_folder(pristine, base.kb);
  for (const long moment : {whole / 2, whole * 3 / 4}) check_after(kill_stubkeeper_after(command, moment));
  // While the log grows: in the transaction, and where the space is given back.
  for (const std::uintmax_t size : {1U, 200'000U, 400'000U}) {
    check_after(kill_stubkeeper_when(command, [&] {
      std::error_code missing;
      const auto log = fs::file_size(base.kb + "/kb.sqlite-wal", missing);
      return !missing && log >= size;
    }));
  }
  CHECK(killed >= 2);
}
