// What scripts do in review: choose by every filter, decide on many, take back, and see what could not be
// done.

#include <set>

#include "tests/cli/knowledge_base.h"
#include "tests/cli/store_reader.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;

namespace {

// Changes of three entries of two sections, from two runs and three sources; the first one is flagged.
struct Queue {
  TestKnowledgeBase base;

  Queue() {
    base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
    base.add_stub("pumps/chur", "Pumpwerk Chur", page_about("Pumpwerk Chur"));
    base.run_ok({"refresh"});
    base.add_stub("mills/graz", "Mühle Graz", page_about("Mühle Graz"));
    base.run_ok({"refresh"});
    base.sql("INSERT INTO flag (name, detail, change_id, raised_at) VALUES ('old-source', '2019', 1, 0)");
    // The first run is ten days old.
    base.sql("UPDATE proposal SET created_at = created_at - 864000000 WHERE run_id = 1");
  }

  std::set<std::string> listed(const std::vector<std::string>& filter) {
    std::vector<std::string> words{"review", "list"};
    words.insert(words.end(), filter.begin(), filter.end());
    std::set<std::string> ids;
    const auto found = base.json(words)["changes"];
    for (const auto& change : found) ids.insert(std::to_string(change["id"].get<int>()));
    return ids;
  }
  // What waits and is so, by SQL of the test's own.
  std::set<std::string> waiting_where(const std::string& condition) const {
    std::set<std::string> ids;
    for (const auto& row : StoreReader{base.kb}.rows("SELECT change.id AS id FROM change JOIN proposal ON "
                                                     "proposal.id = proposal_id JOIN entry ON entry.id = "
                                                     "entry_id WHERE change.state = 'waiting' AND (" +
                                                     condition + ")"))
      ids.insert(row.at("id"));
    return ids;
  }
  std::string state(const std::string& id) const {
    return StoreReader{base.kb}.row("SELECT state FROM change WHERE id = ?", {id}).at("state");
  }
};

}  // namespace

TEST_CASE("each filter of the list lets through what it names and nothing else") {
  Queue queue;
  const std::string quotes_source =
      "EXISTS (SELECT 1 FROM citation JOIN snapshot ON snapshot.id = snapshot_id JOIN document ON "
      "document.id = "
      "document_id WHERE change_id = change.id AND source_id = 2)";
  const std::vector<std::pair<std::vector<std::string>, std::string>> filters{
      {{"--entry", "pumps/basel"}, "path = 'pumps/basel'"},
      {{"--entry", "pumps"}, "path LIKE 'pumps/%'"},
      {{"--flag", "old-source"}, "change.id = 1"},
      {{"--flagged"}, "EXISTS (SELECT 1 FROM flag WHERE change_id = change.id)"},
      {{"--unflagged"}, "NOT EXISTS (SELECT 1 FROM flag WHERE change_id = change.id)"},
      {{"--kind", "add development"}, "change.kind = 'add development'"},
      {{"--run", "1"}, "run_id = 1"},
      {{"--run", "2"}, "run_id = 2"},
      {{"--source", "2"}, quotes_source},
      {{"--source", queue.base.server.address("/pumps/chur")}, quotes_source},
      {{"--older", "1w"}, "run_id = 1"},
      {{"--younger", "9d"}, "run_id = 2"},
      {{"--search", "mühle"}, "path = 'mills/graz'"},
      {{"--entry", "pumps", "--unflagged", "--kind", "write summary"},
       "path LIKE 'pumps/%' AND change.kind = 'write summary' AND change.id <> 1"},
  };
  const auto all = queue.waiting_where("1");
  CHECK(queue.listed({}) == all);
  for (const auto& [filter, condition] : filters) {
    INFO(filter[0] << " " << (filter.size() > 1 ? filter[1] : ""));
    const auto wanted = queue.waiting_where(condition);
    CHECK_FALSE(wanted.empty());
    CHECK(wanted.size() < all.size());
    CHECK(queue.listed(filter) == wanted);
    // For people it has a line for each of the same, and an exit code that says that there are some.
    std::vector<std::string> words{"review", "list", "--exit-code"};
    words.insert(words.end(), filter.begin(), filter.end());
    const auto lines = queue.base.run(words);
    CHECK(lines.exit_code == 1);
    CHECK(static_cast<std::size_t>(std::count(lines.out.begin(), lines.out.end(), '\n')) == wanted.size());
  }
  CHECK(queue.listed({"--run", "99"}).empty());
  CHECK(queue.base.run({"review", "list", "--exit-code", "--run", "99"}).exit_code == 0);
  for (const std::vector<std::string>& none : {std::vector<std::string>{"--source", "99"},
                                               {"--entry", "../.."},
                                               {"--older", "-1d"},
                                               {"--run", "x"}}) {
    std::vector<std::string> words{"review", "list"};
    words.insert(words.end(), none.begin(), none.end());
    INFO(none[0] << " " << none[1]);
    const auto refused = queue.base.run(words);
    CHECK(refused.exit_code != 0);
    CHECK_FALSE(refused.err.empty());
  }
}

TEST_CASE("all unflagged of an entry or a section are approved with the reason and nothing else is") {
  Queue queue;
  const auto wanted = queue.waiting_where("path LIKE 'pumps/%' AND change.id <> 1");
  const std::size_t before = queue.waiting_where("1").size();
  queue.base.run_ok({"review", "approve", "--all-unflagged", "--entry", "pumps", "--reason", "read them all"});
  for (const std::string& id : wanted) {
    const auto decision = StoreReader{queue.base.kb}.row(
        "SELECT verdict, decided_by, reason FROM decision WHERE change_id = ?", {id});
    CHECK(decision.at("verdict") == "approve");
    CHECK(decision.at("decided_by") == "jane");
    CHECK(decision.at("reason") == "read them all");
    CHECK(queue.state(id) == "approved");
  }
  CHECK(queue.state("1") == "waiting");
  CHECK(queue.waiting_where("1").size() == before - wanted.size());
  // Nor does it cover a flagged change that it is pointed at.
  CHECK(queue.base.run_ok({"review", "approve", "--all-unflagged", "--entry", "pumps"}).out == "0 approved\n");
  CHECK(queue.base.run({"review", "approve", "1", "--all-unflagged"}).exit_code == 2);
  CHECK(queue.state("1") == "waiting");
}

TEST_CASE("of several ids those that cannot be decided are named and the others are decided") {
  Queue queue;
  queue.base.run_ok({"review", "reject", "2", "--reason", "not news"});
  const auto approved = queue.base.run({"review", "approve", "2", "3", "999"});
  CHECK(approved.exit_code == 3);
  CHECK(approved.out == "1 approved\n");
  CHECK(approved.err.find("change 2: ") != std::string::npos);
  CHECK(approved.err.find("change 999: ") != std::string::npos);
  CHECK(queue.state("3") == "approved");
  CHECK(queue.state("2") == "rejected");
  const auto rejected = queue.base.json({"review", "reject", "3", "4"});
  CHECK(rejected["changes"] == nlohmann::json::array({4}));
  CHECK(rejected["failed"][0]["id"] == 3);
  CHECK(rejected["failed"][0]["code"] == "conflict");
  CHECK(queue.base.run({"review", "approve", "2", "3"}).exit_code == 1);
}

TEST_CASE("yes covers none of the ids where one of them is flagged") {
  Queue queue;
  CHECK(queue.base.run({"review", "approve", "1", "2", "3", "--yes"}).exit_code == 1);
  for (const char* id : {"1", "2", "3"}) CHECK(queue.state(id) == "waiting");
}

TEST_CASE("an undo brings a change back to the queue and keeps what was decided and why it was taken back") {
  Queue queue;
  for (const char* verb : {"approve", "reject"}) {
    queue.base.run_ok({"review", verb, "2"});
    queue.base.run_ok({"review", "undo", "2", "--reason", "too early"});
    CHECK(queue.state("2") == "waiting");
  }
  std::string verdicts;
  for (const auto& row : StoreReader{queue.base.kb}.rows("SELECT verdict, reason FROM decision ORDER BY id"))
    verdicts += row.at("verdict") + ":" + row.at("reason") + " ";
  CHECK(verdicts == "approve: undo:too early reject: undo:too early ");
  const auto nothing = queue.base.run({"review", "undo", "2"});
  CHECK(nothing.exit_code == 1);
  CHECK(nothing.err.find("no decision to undo") != std::string::npos);
}

TEST_CASE("a dry run of undo and of never says what would come of it and leaves the store as it was") {
  Queue queue;
  TestKnowledgeBase& base = queue.base;
  base.run_ok({"review", "approve", "2"});
  base.run_ok({"review", "reject", "3"});
  const auto everything = [&] {
    std::string all;
    for (const char* table : {"entry", "revision", "change", "decision", "flag", "refusal", "refused_change"})
      all += query_rows(base.kb, "SELECT * FROM " + std::string{table});
    return all;
  };
  const std::string before = everything();
  CHECK(base.run_ok({"review", "undo", "3", "2", "--dry-run"}).out == "2 would be undone\n");
  const auto some = base.run({"review", "undo", "2", "1", "2", "--dry-run", "--json"});
  CHECK(some.exit_code == 3);
  const auto told = nlohmann::json::parse(some.out);
  CHECK(told["outcome"] == "would be undone");
  CHECK(told["changes"] == nlohmann::json::array({2}));
  // The second time there would be nothing left to undo.
  REQUIRE(told["failed"].size() == 2);
  CHECK(told["failed"][1]["message"].get<std::string>().find("no decision to undo") != std::string::npos);
  CHECK(base.run({"review", "undo", "1", "--dry-run"}).exit_code == 1);

  const std::size_t of_its_source =
      queue
          .waiting_where(
              "path = 'pumps/basel' AND EXISTS (SELECT 1 FROM citation WHERE change_id = change.id)")
          .size();
  REQUIRE(of_its_source > 0);
  const auto never = base.json({"review", "never", "1", "--source", "--dry-run"});
  CHECK(never["dry_run"] == true);
  CHECK(never["rejected"] == of_its_source);
  REQUIRE(never["refusals"].size() == 1);
  CHECK(never["refusals"][0]["id"].is_null());
  CHECK(never["refusals"][0]["words"] == base.server.address("/pumps/basel"));
  CHECK(base.run_ok({"review", "never", "1", "--source", "--dry-run"})
            .out.find("of what waits " + std::to_string(of_its_source) + " rejected with it") !=
        std::string::npos);
  CHECK(everything() == before);

  // And then it does what it said.
  CHECK(base.json({"review", "never", "1", "--source"})["rejected"] == of_its_source);
  CHECK(base.run_ok({"review", "never", "1", "--source", "--dry-run"}).out == "that is refused already\n");
  CHECK(queue.waiting_where("path = 'pumps/basel'").empty());
  CHECK(base.run_ok({"review", "undo", "3", "2"}).out == "2 undone\n");
}

TEST_CASE("a dry run of undoing a settled conflict leaves it settled") {
  TestKnowledgeBase base;
  const std::string file = base.site + "/pump.md";
  const auto write = [&](const std::string& words) { write_file(file, "## Summary\n\n" + words + "\n"); };
  write("First.");
  base.run_ok({"import", base.site});
  write("Second.");
  base.run_ok({"export"});
  base.run_ok({"revert", "pump", "1"});
  write("By hand.");
  REQUIRE(base.run({"export"}).exit_code == 3);
  base.run_ok({"review", "resolve", "c1", "--keep", "store"});
  base.run_ok({"export"});
  const std::string settled = query_rows(base.kb, "SELECT state, verdict, store_sha256 FROM conflict");
  CHECK(base.json({"review", "undo", "c1", "--dry-run"})["conflicts"] == nlohmann::json::array({"c1"}));
  CHECK(query_rows(base.kb, "SELECT state, verdict, store_sha256 FROM conflict") == settled);
  CHECK(query_rows(base.kb, "SELECT count(*) FROM conflict_decision") == "1|\n");
  CHECK(base.run_ok({"review", "undo", "c1"}).out == "1 undone\n");
}

TEST_CASE("what was seen once is no leave for another time, and no other hash is") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  const std::string seen = base.json({"review", "show", "1"})["changes"][0]["seen"];
  base.run_ok({"review", "approve", "1", "--seen", seen});
  // What was seen once is no leave for another time.
  base.run_ok({"review", "undo", "1"});
  base.sql("INSERT INTO flag (name, detail, change_id, raised_at) VALUES ('old-source', '2019', 1, 0)");
  const auto refused = base.run({"review", "approve", "1", "--seen", seen, "--json"});
  CHECK(refused.exit_code == 1);
  const auto said = nlohmann::json::parse(refused.out);
  CHECK(said["changes"].empty());
  CHECK(said["failed"][0]["code"] == "conflict");
  for (const std::string& wrong : {std::string{"x"}, seen.substr(1), std::string(seen.size(), '0')}) {
    CHECK(base.run({"review", "approve", "1", "--seen", wrong}).exit_code == 1);
    CHECK(base.run({"review", "approve", "1", "--seen", wrong, "--dry-run"}).exit_code == 1);
  }
  CHECK(StoreReader{base.kb}.row("SELECT state FROM change WHERE id = 1").at("state") == "waiting");
}
