// A file that was edited by hand where the store is newer too, from the report to the settled file.

#include <filesystem>

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;

namespace {

std::string make_page_with(const std::string& text) {
  return "---\ntitle: \"Pump\"\n---\n\n## Summary\n\n" + text + "\n";
}

// An imported page that was changed on both sides; its conflict is c1.
struct ConflictingPage {
  TestKnowledgeBase base;
  std::string file = base.site + "/pump.md";

  ConflictingPage() {
    write_file(file, make_page_with("First."));
    base.run_ok({"import", base.site});
    write_file(file, make_page_with("First, second."));
    base.run_ok({"export"});
    base.run_ok({"revert", "pump", "1"});
    write_file(file, make_page_with("First, by hand."));
    const auto report = base.run({"export"});
    CHECK(report.exit_code == 3);
    CHECK(report.err.find("in your file\n      First, by hand.") != std::string::npos);
    CHECK(report.err.find("review list") != std::string::npos);
  }
};

}  // namespace

TEST_CASE("a conflict is listed, shown and settled from a script") {
  ConflictingPage page;
  CHECK(page.base.run({"review", "list", "--exit-code"}).exit_code == 1);
  CHECK(page.base.run_ok({"review", "list"}).out.find("c1 ! pump  hand edit") != std::string::npos);
  CHECK(page.base.json({"status"})["waiting"]["conflicts"] == 1);
  const auto shown = page.base.json({"review", "show", "c1"})["conflicts"][0];
  CHECK(shown["places"][0]["theirs"] == "First, by hand.\n");
  CHECK(page.base.run_ok({"review", "show", "c1"}).out.find("keep disk: your text") != std::string::npos);
  page.base.run_ok({"review", "resolve", "c1", "--keep", "disk"});
  page.base.run_ok({"export"});
  CHECK(read_file(page.file) == make_page_with("First, by hand."));
  CHECK(page.base.run({"review", "list", "--exit-code"}).exit_code == 0);
  CHECK(page.base.run({"review", "resolve", "c1", "--keep", "store"}).err.find("decided already") !=
        std::string::npos);
}

TEST_CASE("a conflict says who changed the text in the store, when and by what") {
  ConflictingPage page;
  const auto revisions = page.base.json({"history", "pump"})["revisions"];
  const auto& last = revisions.back();
  const auto place = page.base.json({"review", "show", "c1"})["conflicts"][0]["places"][0];
  CHECK(place["store_changed"]["revision"] == last["number"]);
  CHECK(place["store_changed"]["by"] == last["author"]);
  CHECK(place["store_changed"]["at"] == last["at"]);
  CHECK(place["store_changed"]["note"] == last["note"]);
  CHECK(place["changed_quotations"].empty());
  const std::string day = last["at"].get<std::string>().substr(0, 10);
  CHECK(page.base.run_ok({"review", "show", "c1"})
            .out.find("in the store now, changed by " + last["author"].get<std::string>() + " on " + day) !=
        std::string::npos);
}

TEST_CASE("of several revisions since the export the one is named that gave the place its words") {
  TestKnowledgeBase base;
  const std::string file = base.site + "/pump.md";
  const auto page = [](const std::string& summary, const std::string& facts) {
    return "## Summary\n\n" + summary + "\n\n## Key Facts\n\n- " + facts + "\n";
  };
  write_file(file, page("Old.", "Old fact."));
  base.run_ok({"import", base.site});
  write_file(file, page("First.", "First fact."));
  base.run_ok({"export"});
  write_file(file, page("Second.", "First fact."));
  base.run_ok({"export"});
  base.run_ok({"revert", "pump", "2"});  // of the summary alone
  base.run_ok({"revert", "pump", "1"});  // of both
  write_file(file, page("By hand.", "First fact, by hand."));
  CHECK(base.run({"export"}).exit_code == 3);
  const auto places = base.json({"review", "show", "c1"})["conflicts"][0]["places"];
  REQUIRE(places.size() == 2);
  CHECK(places[0]["store_changed"]["note"] == places[1]["store_changed"]["note"]);
  CHECK(places[0]["store_changed"]["revision"] == 5);
}

TEST_CASE("a hand edit within a quotation from a source is told what it changes") {
  TestKnowledgeBase base;
  const std::string file = base.add_exported_stub();
  const std::string exported = read_file(file);
  const std::string quoted = "Pumpwerk Basel is a maker of pumps in Basel with 120 employees";
  REQUIRE(exported.find("“" + quoted) != std::string::npos);
  const auto edited = [&](const std::string& from, const std::string& to) {
    std::string text = exported;
    write_file(file, text.replace(text.find(from), from.size(), to));
    CHECK(base.run({"export"}).exit_code == 3);
    const auto conflicts = base.json({"review", "list"})["conflicts"];
    REQUIRE(conflicts.size() == 1);
    return conflicts[0]["id"].get<std::string>();
  };
  base.run_ok({"review", "undo", "1"});
  SECTION("other words between the marks") {
    const std::string id = edited("with 120 employees", "with about 120 employees");
    const auto place = base.json({"review", "show", id})["conflicts"][0]["places"][0];
    REQUIRE(place["changed_quotations"].size() == 1);
    CHECK(place["changed_quotations"][0]["words"] == quoted);
    CHECK(place["changed_quotations"][0]["title"] == "Pumpwerk Basel");
    const std::string shown = base.run_ok({"review", "show", id}).out;
    CHECK(shown.find("! the file changes words that are quoted from a source: “" + quoted +
                     "” (Pumpwerk Basel)\n") != std::string::npos);
    CHECK(shown.find("in the store now, taken out by ") != std::string::npos);
    CHECK(shown.find(": undone: change 1\n") != std::string::npos);
  }
  SECTION("words beside it are the writer's own") {
    const std::string id = edited("“" + quoted, "In 2026: “" + quoted);
    CHECK(base.json({"review", "show", id})["conflicts"][0]["places"][0]["changed_quotations"].empty());
  }
}

TEST_CASE("a settled conflict is undone from a script, also after an export, and settled the other way") {
  ConflictingPage page;
  CHECK(page.base.run_ok({"review", "resolve", "c1", "--keep", "store"}).out.find("review undo c1") !=
        std::string::npos);
  page.base.run_ok({"export"});
  CHECK(read_file(page.file) == make_page_with("First."));
  const auto undone = page.base.json({"review", "undo", "c1", "--reason", "a slip"});
  CHECK(undone["conflicts"] == nlohmann::json::array({"c1"}));
  CHECK(undone["changes"].empty());
  CHECK(page.base.json({"review", "show", "c1"})["conflicts"][0]["places"][0]["theirs"] ==
        "First, by hand.\n");
  const auto decisions = page.base.json({"review", "show", "c1"})["conflicts"][0]["decisions"];
  REQUIRE(decisions.size() == 2);
  CHECK(decisions[0]["verdict"] == "store");
  CHECK(decisions[1]["verdict"] == "undo");
  CHECK(page.base.run_ok({"review", "show", "c1"}).out.find(": a slip") != std::string::npos);
  CHECK(page.base.run_ok({"review", "list"}).out.find("until you decide again") != std::string::npos);
  CHECK(page.base.run({"export"}).err.find("c1") != std::string::npos);
  CHECK(read_file(page.file) == make_page_with("First."));
  page.base.run_ok({"review", "resolve", "c1", "--keep", "disk"});
  page.base.run_ok({"export"});
  CHECK(read_file(page.file) == make_page_with("First, by hand."));
}

TEST_CASE("undoing what is not settled or not known is refused, each by its name") {
  ConflictingPage page;
  CHECK(page.base.run({"review", "undo", "c1"}).err.find("no decision to undo") != std::string::npos);
  CHECK(page.base.run({"review", "undo", "c9"}).exit_code == 1);
  CHECK(page.base.run({"review", "undo", "x1"}).exit_code == 2);
  page.base.run_ok({"review", "resolve", "c1", "--keep", "disk"});
  const auto some = page.base.run({"review", "undo", "c1", "77", "--json"});
  CHECK(some.exit_code == 3);
  CHECK(nlohmann::json::parse(some.out)["failed"][0]["id"] == 77);
}

TEST_CASE("a conflict is settled with a page of one's own, but not with its marks left in") {
  ConflictingPage page;
  const std::string mine = page.base.folder / "mine.md";
  write_file(mine, "<<<<<<< in the store\nFirst.\n=======\nSecond.\n>>>>>>> on disk\n");
  const auto refused = page.base.run({"review", "resolve", "c1", "--file", mine});
  CHECK(refused.exit_code == 1);
  CHECK(refused.err.find("marks") != std::string::npos);
  write_file(mine, "Mine.\n");
  page.base.run_ok({"review", "resolve", "c1", "--file", mine});
  page.base.run_ok({"export"});
  CHECK(read_file(page.file) == "Mine.\n");
}

TEST_CASE("what is no conflict's id is met with what one looks like") {
  ConflictingPage page;
  CHECK(page.base.run({"review", "resolve", "1", "--keep", "disk"}).exit_code == 2);
  CHECK(page.base.run({"review", "resolve", "c9", "--keep", "disk"}).exit_code == 1);
  CHECK(page.base.run({"review", "show", "x1"}).err.find("such as c1") != std::string::npos);
}

TEST_CASE("a moved page keeps its history, and its old name finds it") {
  TestKnowledgeBase base;
  write_file(base.site + "/heat/pump.md", make_page_with("First."));
  base.run_ok({"import", base.site});
  std::filesystem::rename(base.site + "/heat", base.site + "/warmth");
  CHECK(base.run({"export", "--dry-run"}).exit_code == 1);
  CHECK(base.run_ok({"export"}).out.find("warmth/pump.md  (was heat/pump.md)") != std::string::npos);
  CHECK(base.json({"history", "heat/pump"})["entry"] == "warmth/pump");
}
