// Review by scripts: what was seen, what --yes covers, what is never proposed again.

#include <set>
#include <sstream>

#include "cli/terminal/styled_text.h"
#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

struct WaitingChangesFixture {
  TestKnowledgeBase base;
  WaitingChangesFixture() {
    base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
    base.run_ok({"refresh"});
  }
  std::size_t count(const std::vector<std::string>& filter = {}) {
    std::vector<std::string> words{"review", "list"};
    words.insert(words.end(), filter.begin(), filter.end());
    return base.json(words)["changes"].size();
  }
  void flag(int change) {
    base.sql("INSERT INTO flag (name, detail, change_id, raised_at) VALUES ('old-source', '2019', " +
             std::to_string(change) + ", 0)");
  }
};

}  // namespace

TEST_CASE("the list is filtered by age, flags, words, entry, kind, run and source") {
  WaitingChangesFixture waiting;
  waiting.flag(1);
  CHECK(waiting.count() == 3);
  CHECK(waiting.count({"--flagged"}) == 1);
  CHECK(waiting.count({"--unflagged"}) == 2);
  CHECK(waiting.count({"--flag", "old-source"}) == 1);
  CHECK(waiting.count({"--search", "GRAZ"}) == 1);
  CHECK(waiting.count({"--older", "1h"}) == 0);
  CHECK(waiting.count({"--older", "0h"}) == 3);
  CHECK(waiting.count({"--younger", "2w"}) == 3);
  CHECK(waiting.count({"--entry", "pumps"}) == 3);
  CHECK(waiting.count({"--kind", "write summary"}) == 1);
  CHECK(waiting.count({"--run", "1"}) == 3);
  CHECK(waiting.count({"--source", "1"}) == 3);
  CHECK(waiting.base.run({"review", "list", "--older", "soon"}).exit_code == 2);
  CHECK(waiting.base.run({"review", "list", "--flagged", "--unflagged"}).exit_code == 2);
  CHECK(waiting.base.run({"review", "list", "--exit-code"}).exit_code == 1);
  CHECK(waiting.base.run({"review", "list", "--exit-code", "--older", "1d"}).exit_code == 0);
}

TEST_CASE("an approval of another thing than was seen is refused, and so are a rejection and an edit") {
  WaitingChangesFixture waiting;
  const std::string seen = waiting.base.json({"review", "show", "1"})["changes"][0]["seen"];
  CHECK(waiting.base.json({"review", "list"})["changes"][0]["seen"] == seen);
  waiting.flag(1);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"review", "approve", "1", "--seen", seen},
        {"review", "reject", "1", "--seen", seen},
        {"review", "edit", "1", "--text", "Pumpwerk Basel makes pumps.", "--seen", seen}}) {
    const auto refused = waiting.base.run(words);
    CHECK(refused.exit_code == 1);
    CHECK(refused.err.find("not what was seen") != std::string::npos);
  }
  CHECK(waiting.count() == 3);
  const std::string now = waiting.base.json({"review", "show", "1"})["changes"][0]["seen"];
  CHECK(waiting.base.run({"review", "approve", "1", "2", "--seen", now}).exit_code == 2);
  waiting.base.run_ok({"review", "approve", "1", "--seen", now});
  CHECK(waiting.count() == 2);
}

TEST_CASE("what was seen of one change stands while another one of the entry is approved") {
  WaitingChangesFixture waiting;
  const auto changes = waiting.base.json({"review", "list"})["changes"];
  for (const auto& change : changes) {
    waiting.base.run_ok({"review", "approve", std::to_string(change["id"].get<int>()), "--seen",
                         change["seen"].get<std::string>()});
  }
  CHECK(waiting.count() == 0);
}

TEST_CASE("yes to all never covers a flagged change, and a dry run decides nothing") {
  WaitingChangesFixture waiting;
  waiting.flag(1);
  const auto refused = waiting.base.run({"review", "approve", "1", "--yes"});
  CHECK(refused.exit_code == 1);
  CHECK(refused.err.find("--yes never covers that") != std::string::npos);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"review", "approve", "--yes", "--dry-run"},
        {"review", "approve", "1", "--dry-run"},
        {"review", "reject", "1", "--dry-run"},
        {"review", "edit", "1", "--text", "Pumpwerk Basel makes pumps.", "--dry-run"}}) {
    waiting.base.run_ok(words);
  }
  CHECK(waiting.count() == 3);
  CHECK(waiting.base.run_ok({"review", "approve", "--yes"}).out == "2 approved\n");
  CHECK(waiting.count() == 1);
  waiting.base.run_ok({"review", "approve", "1"});
  CHECK(waiting.count() == 0);
}

TEST_CASE("an edited text is verified: what speaks against it is said and kept, active markup is refused") {
  WaitingChangesFixture waiting;
  const auto refused =
      waiting.base.run({"review", "edit", "1", "--text", "[click](javascript:alert(1)) here"});
  CHECK(refused.exit_code == 1);
  CHECK(waiting.count() == 3);
  const auto edited = waiting.base.run_ok({"review", "edit", "1", "--text", "It has 4,711 employees."});
  CHECK(edited.err.find("flag number-not-in-quote: 4,711") != std::string::npos);
  const auto shown = waiting.base.json({"review", "show", "1"})["changes"][0];
  CHECK(shown["flags"][0]["name"] == "number-not-in-quote");
  CHECK(shown["decisions"][0]["verdict"] == "edit");
  CHECK(shown["decisions"][0]["text"] == "It has 4,711 employees.");
}

TEST_CASE("what was rejected or refused does not come back with the next run") {
  WaitingChangesFixture waiting;
  TestKnowledgeBase& base = waiting.base;
  const auto changes = base.json({"review", "list"})["changes"];
  const auto graz = base.json({"review", "list", "--search", "Graz"})["changes"][0];
  const std::string graz_id = std::to_string(graz["id"].get<int>());
  // The page prints the same sentence anew, in a paragraph with news.
  const auto print_anew = [&](const std::string& news) {
    std::string page = page_about("Pumpwerk Basel");
    const std::string sentence = "Pumpwerk Basel opened a works in Graz in April 2026.";
    page.replace(page.find(sentence), sentence.size(),
                 "Pumpwerk Basel delivered " + news + " pumps to Linz on 7 June 2026. " + sentence);
    base.server.serve_page("/pumps/basel", page);
    base.run_ok({"refresh", "--force"});
  };
  const auto speaks_of = [&](const std::string& words) {
    return base.json({"review", "list", "--search", words})["changes"].size();
  };
  SECTION("rejected") {
    base.run_ok({"review", "reject", graz_id, "--reason", "not news"});
    print_anew("3,100");
    CHECK(speaks_of("opened a works in Graz") == 0);
    CHECK(speaks_of("3,100") > 0);
  }
  SECTION("never from this source, until that is lifted") {
    base.run_ok({"review", "never", graz_id, "--source"});
    CHECK(waiting.count() == 0);
    print_anew("3,100");
    CHECK(waiting.count() == 0);
    base.run_ok({"review", "lift", "1"});
    CHECK(waiting.count() == changes.size());
    print_anew("4,200");
    CHECK(speaks_of("4,200") > 0);
  }
  SECTION("never this passage") {
    base.run_ok({"review", "never", graz_id, "--passage"});
    CHECK(waiting.count() == changes.size() - 1);
    CHECK(speaks_of("opened a works in Graz") == 0);
  }
  SECTION("not this kind, anywhere") {
    base.run_ok({"review", "never", graz_id, "--kind", "--everywhere"});
    CHECK(waiting.count({"--kind", graz["kind"].get<std::string>()}) == 0);
    print_anew("3,100");
    CHECK(waiting.count({"--kind", graz["kind"].get<std::string>()}) == 0);
    CHECK(base.json({"review", "refusals"})["refusals"][0]["entry"].is_null());
  }
}

TEST_CASE("never needs to be told what, and about which change") {
  WaitingChangesFixture waiting;
  CHECK(waiting.base.run({"review", "never", "1"}).exit_code == 2);
  CHECK(waiting.base.run({"review", "never", "1", "--kind", "--source"}).exit_code == 2);
  CHECK(waiting.base.run({"review", "never", "99", "--kind"}).exit_code == 1);
  CHECK(waiting.base.run({"review", "split", "1"}).exit_code == 1);
}

TEST_CASE("a script moves a change to another part and a dry run shows where it would stand") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  const auto change = [&] { return base.json({"review", "show", "1"})["changes"][0]; };
  CHECK(change()["other_parts"][0] == "Key Facts");
  CHECK(change()["why_not_moved"] == "");
  const auto nowhere = base.run({"review", "edit", "1", "--part", "Nowhere"});
  CHECK(nowhere.exit_code == 2);
  CHECK(nowhere.err.find("the parts are: Key Facts") != std::string::npos);
  const std::string seen = change()["seen"];
  const auto dry = base.run_ok({"review", "edit", "1", "--part", "key facts", "--dry-run", "--seen", seen});
  CHECK(dry.err.find("under \"Key Facts\":") != std::string::npos);
  CHECK(dry.err.find("+ - “Pumpwerk Basel is a maker") != std::string::npos);
  CHECK(change()["state"] == "waiting");
  CHECK(base.run({"review", "edit", "1", "--part", "Key Facts", "--seen", "0123456789abcdef"}).exit_code ==
        1);
  CHECK(change()["state"] == "waiting");
  const auto moved =
      base.json({"review", "edit", "1", "--part", "key facts", "--seen", seen, "--reason", "no summary"});
  CHECK(moved["outcome"] == "approved under \"Key Facts\"");
  CHECK(moved["changes"][0] == 1);
  CHECK(change()["decisions"][0]["moved_to"] == "Key Facts");
  CHECK(change()["decisions"][0]["reason"] == "no summary");
  CHECK(base.run_ok({"review", "show", "1"}).out.find("moved to Key Facts: no summary") != std::string::npos);
  base.run_ok({"review", "undo", "1"});
  CHECK(change()["state"] == "waiting");
  SECTION("with another text, which is verified as any") {
    const auto own =
        base.run_ok({"review", "edit", "1", "--part", "Key Facts", "--text", "It has 4,711 employees."});
    CHECK(own.err.find("number-not-in-quote") != std::string::npos);
    CHECK(change()["own"]["text"].get<std::string>().ends_with("- It has 4,711 employees."));
  }
}

TEST_CASE("a command of the review prints one document whatever fails after the decision") {
  WaitingChangesFixture waiting;
  waiting.base.sql("CREATE TRIGGER broken BEFORE INSERT ON upkeep BEGIN SELECT RAISE(ABORT, 'broken'); END");
  const auto check_one_document = [&](const std::vector<std::string>& words) {
    const auto result = waiting.base.run(words);
    INFO(result.out << result.err);
    const auto json = nlohmann::json::parse(result.out, nullptr, false);
    REQUIRE_FALSE(json.is_discarded());
    CHECK(json["changes"].size() == 1);
    CHECK(result.exit_code == 3);
    CHECK(result.err.find("upkeep: ") != std::string::npos);
  };
  check_one_document({"review", "approve", "1", "--json"});
  check_one_document({"review", "edit", "2", "--text", "Pumpwerk Basel makes pumps.", "--json"});
}

TEST_CASE("what fails has a code and a message in every command of the review") {
  WaitingChangesFixture waiting;
  for (const std::vector<std::string>& words : {std::vector<std::string>{"review", "approve", "77", "--json"},
                                                {"review", "reject", "77", "--json"},
                                                {"review", "undo", "77", "--json"},
                                                {"review", "resolve", "c77", "--keep", "disk", "--json"}}) {
    const auto failed = nlohmann::json::parse(waiting.base.run(words).out)["failed"][0];
    INFO(words[1] << ": " << failed.dump());
    CHECK(failed["code"] == "not_found");
    CHECK(failed["message"].is_string());
    CHECK(failed.contains("id"));
  }
}

TEST_CASE("ids are numbers from 1 on in every command of the review") {
  WaitingChangesFixture waiting;
  for (const std::string id : {"0", "-1", "1a", "99999999999999999999"}) {
    INFO(id);
    for (const std::string command : {"show", "approve", "reject", "undo", "split", "lift"})
      CHECK(waiting.base.run({"review", command, id}).exit_code == 2);
    CHECK(waiting.base.run({"review", "edit", id, "--text", "x"}).exit_code == 2);
    CHECK(waiting.base.run({"review", "never", id, "--kind"}).exit_code == 2);
  }
  CHECK(waiting.count() == 3);
}

TEST_CASE("the lines of the list are cut and aligned by what they take on the screen") {
  TestKnowledgeBase base;
  base.add_stub("pumps/wien", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.sql("UPDATE entry SET path = 'pumps/水泵' WHERE path = 'pumps/wien'");
  base.add_stub("pumps/basel", "Pumpwerk Chur", page_about("Pumpwerk Chur"));
  base.run_ok({"refresh"});
  base.sql("UPDATE change SET new_text = '" + std::string(100, 'x') + std::string(40 * 3, 'y') +
           "' WHERE id = 1");
  const std::string list = base.run_ok({"review", "list"}).out;
  std::set<int> columns;
  std::istringstream lines{list};
  for (std::string line; std::getline(lines, line);) {
    CHECK(cli::display_width(line) <= 200);
    columns.insert(cli::display_width(
        line.substr(0, line.find("add ") == std::string::npos ? line.find("write ") : line.find("add "))));
  }
  CHECK(columns.size() == 1);
}

namespace {

// 16 entries with three changes each, and a recheck of each: 64 waiting changes, one of them flagged.
struct MixedChangesFixture : WaitingChangesFixture {
  MixedChangesFixture() {
    for (int i = 1; i < 16; ++i) {
      const std::string name = "Pumpwerk Nord " + std::to_string(i);
      base.add_stub("works/nord-" + std::to_string(i), name, page_about(name));
    }
    base.run_ok({"refresh"});
    const std::string date =
        R"({"kind":"set_field","target":"last_reviewed","text":"2099-01-01","style":"bare_date"})";
    base.sql(
        "INSERT INTO proposal (run_id, entry_id, base_revision_id, drafter, created_at) SELECT 1, id, "
        "current_revision_id, 'rechecked', 0 FROM entry WHERE kind = 'entry'; "
        "INSERT INTO change (proposal_id, ordinal, kind, edit_json, place, old_text, new_text, reason, state) "
        "SELECT id, 1, 'rechecked', '" +
        date +
        "', 'front matter: last_reviewed', '', '2099-01-01', '', "
        "'waiting' FROM proposal WHERE drafter = 'rechecked'");
  }
  std::string kinds_approved() {
    std::set<std::string> kinds;
    const auto approved = base.json({"review", "list", "--state", "approved"});
    for (const auto& change : approved["changes"])
      kinds.insert(change["kind"].get<std::string>() + " under " +
                   change["entry"].get<std::string>().substr(0, 5));
    std::string all;
    for (const std::string& kind : kinds) all += kind + "; ";
    return all;
  }
};

}  // namespace

TEST_CASE(
    "a filter before the command holds for it: of 64 mixed changes only those of the kind are approved") {
  MixedChangesFixture mixed;
  REQUIRE(mixed.count() == 64);
  SECTION("a kind") {
    const auto result = mixed.base.run_ok({"review", "--kind", "rechecked", "approve", "--all-unflagged"});
    CHECK(result.out == "16 approved\n");
    CHECK(result.err.find("16 changes: 16 rechecked") != std::string::npos);
    CHECK(mixed.kinds_approved() == "rechecked under pumps; rechecked under works; ");
    CHECK(mixed.count() == 48);
  }
  SECTION("a kind before it and an entry behind it") {
    mixed.base.run_ok({"review", "--kind", "rechecked", "approve", "--all-unflagged", "--entry", "pumps"});
    CHECK(mixed.kinds_approved() == "rechecked under pumps; ");
    CHECK(mixed.count() == 63);
  }
  SECTION("a section, for a list and a rejection too") {
    CHECK(mixed.base.json({"review", "--entry", "pumps", "list"})["changes"].size() == 4);
    const auto rejected = mixed.base.run_ok({"review", "--entry", "pumps", "reject", "--reason", "no"});
    CHECK(rejected.out == "4 rejected\n");
    CHECK(rejected.err.find("4 changes: ") != std::string::npos);
    CHECK(mixed.count() == 60);
  }
}

TEST_CASE(
    "a filter that a command of the review takes no notice of is refused, whatever filter and command") {
  WaitingChangesFixture waiting;
  const std::vector<std::vector<std::string>> filters{
      {"--entry", "pumps"}, {"--flag", "hype"}, {"--kind", "add fact"}, {"--source", "1"},
      {"--story", "1"},     {"--run", "1"},     {"--search", "x"},      {"--older", "1h"},
      {"--younger", "1h"},  {"--flagged"},      {"--unflagged"}};
  const std::vector<std::vector<std::string>> commands{{"edit", "1", "--text", "x"},
                                                       {"undo", "1"},
                                                       {"split", "1"},
                                                       {"never", "1", "--kind"},
                                                       {"refusals"},
                                                       {"lift", "1"},
                                                       {"resolve", "c1", "--keep", "disk"},
                                                       {"approve", "1"},
                                                       {"reject", "1"},
                                                       {"show", "1"}};
  for (const auto& filter : filters) {
    for (const auto& command : commands) {
      std::vector<std::string> line{"review"};
      line.insert(line.end(), filter.begin(), filter.end());
      line.insert(line.end(), command.begin(), command.end());
      INFO(line[1] << " " << command[0]);
      const auto refused = waiting.base.run(line);
      CHECK(refused.exit_code == 2);
      CHECK_FALSE(refused.err.empty());
    }
  }
  CHECK(waiting.count() == 3);
}

TEST_CASE("a filter that is given twice, or excludes another, is refused") {
  WaitingChangesFixture waiting;
  const auto twice = waiting.base.run({"review", "--kind", "add fact", "list", "--kind", "write summary"});
  CHECK(twice.exit_code == 2);
  CHECK(twice.err.find("--kind is given twice") != std::string::npos);
  CHECK(waiting.base.run({"review", "--flagged", "list", "--unflagged"}).exit_code == 2);
  CHECK(waiting.base.run({"review", "--flagged", "approve", "--all-unflagged"}).exit_code == 2);
  CHECK(waiting.base.run({"review", "approve", "--yes", "--flag", "hype"}).exit_code == 2);
  CHECK(waiting.base.run({"review", "reject", "--reason", "no"}).exit_code == 2);
  CHECK(waiting.base.run({"review", "show"}).exit_code == 2);
  CHECK(waiting.count() == 3);
}

TEST_CASE("a kind or a flag that there is not is told with the nearest one") {
  WaitingChangesFixture waiting;
  const auto kind = waiting.base.run({"review", "--kind", "recheked", "approve", "--all-unflagged"});
  CHECK(kind.exit_code == 2);
  CHECK(kind.err.find("did you mean \"rechecked\"?") != std::string::npos);
  CHECK(waiting.base.run({"review", "list", "--kind", "nonsense"}).exit_code == 2);
  const auto flag = waiting.base.run({"review", "list", "--flag", "hypes"});
  CHECK(flag.exit_code == 2);
  CHECK(flag.err.find("did you mean \"hype\"?") != std::string::npos);
  CHECK(waiting.count() == 3);
}

TEST_CASE("changes are chosen by the story that one of them tells") {
  WaitingChangesFixture waiting;
  waiting.base.add_stub("works/nord", "Pumpwerk Nord", page_about("Pumpwerk Nord"));
  waiting.base.run_ok({"refresh"});
  CHECK(waiting.count() == 6);
  CHECK(waiting.count({"--story", "1"}) == 3);
  CHECK(waiting.base.run({"review", "list", "--story", "99"}).exit_code == 1);
}

TEST_CASE("all that a filter lets pass is shown") {
  WaitingChangesFixture waiting;
  CHECK(waiting.base.json({"review", "show", "--kind", "write summary"})["changes"].size() == 1);
  CHECK(waiting.base.json({"review", "--unflagged", "show"})["changes"].size() == 3);
}
