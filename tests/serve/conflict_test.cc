// Files that were edited by hand where the store has something newer too, settled in the browser.

#include "tests/serve/served_knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

struct ConflictFixture : ServedKnowledgeBase {
  std::string file = base.site + "/pump.md";

  ConflictFixture() {
    write_file(file, "## Summary\n\nFirst.\n");
    base.run_ok({"import", base.site});
    write_file(file, "## Summary\n\nSecond.\n");
    base.run_ok({"export"});
    base.run_ok({"revert", "pump", "1"});
    write_file(file, "## Summary\n\nBy <b>hand</b>.\n");
    REQUIRE(base.run({"export"}).exit_code == 3);
    serve();
  }
  // The page that settling leads to.
  std::string resolve(const std::string& keep, const std::string& text = "") {
    browser->get("/conflict/c1");
    const auto answer = browser->post(
        "/conflict",
        {{"csrf", browser->csrf()}, {"id", browser->field("id")}, {"keep", keep}, {"text", text}});
    REQUIRE(answer);
    return answer->status == 303 ? browser->get(answer->get_header_value("Location"))->body : answer->body;
  }
  bool waits() { return base.json({"review", "list"})["conflicts"].size() == 1; }
  std::string exported() {
    base.run_ok({"export"});
    return read_file(file);
  }
};

bool has(const std::string& page, const std::string& words) {
  return page.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("a conflict is named on every way to it and shows base store and disk") {
  ConflictFixture quarrel;
  CHECK(has(quarrel.browser->get("/review")->body, "href=\"/conflict/c1\" data-key=\"c\""));
  CHECK(has(quarrel.browser->get("/queue")->body, "href=\"/conflict/c1\""));
  CHECK(has(quarrel.browser->get("/overview")->body, "+ 1 file"));
  CHECK(quarrel.browser->get("/find?q=c1")->get_header_value("Location") == "/conflict/c1");
  const std::string page = quarrel.browser->get("/conflict/c1")->body;
  CHECK(has(page, "<h2>Last exported</h2><p dir=\"auto\">Second."));
  CHECK(has(page, "<ins>First</ins>"));
  CHECK(has(page, "&lt;b&gt;hand&lt;/b&gt;"));
  CHECK_FALSE(has(page, "<b>hand"));
}

TEST_CASE("a conflict says who changed the store and its history leads back to it") {
  ConflictFixture quarrel;
  const std::string page = quarrel.browser->get("/conflict/c1")->body;
  const auto last = quarrel.base.json({"history", "pump"})["revisions"].back();
  CHECK(has(page, "<p class=\"quiet\">changed by " + last["author"].get<std::string>() + " on " +
                      last["at"].get<std::string>().substr(0, 10)));
  CHECK(has(page, "href=\"/history/pump?conflict=c1\" data-key=\"h\""));
  const std::string history = quarrel.browser->get("/history/pump?conflict=c1")->body;
  CHECK(has(history, "href=\"/conflict/c1\" data-key=\"c\" data-escape"));
  CHECK(has(history, "href=\"/history/pump?conflict=c1&amp;from=1&amp;to=2#difference\""));
  CHECK(has(history, "name=\"conflict\" value=\"c1\""));
  const std::string plain = quarrel.browser->get("/history/pump?conflict=//elsewhere")->body;
  CHECK_FALSE(has(plain, "elsewhere"));
  CHECK(has(plain, "data-key=\"b\" data-escape"));
}

TEST_CASE("a quotation that the file has in other words is named with the way to what the source says") {
  TestKnowledgeBase base;
  const std::string file = base.add_exported_stub();
  std::string text = read_file(file);
  base.run_ok({"review", "undo", "1"});
  write_file(file, text.replace(text.find("120 employees"), 3, "about 120"));
  REQUIRE(base.run({"export"}).exit_code == 3);
  ServedProgram program{base.kb};
  TestBrowser browser{program};
  browser.enter();
  const std::string page = browser.get("/conflict/c1")->body;
  CHECK(has(page, "the file changes words that are quoted from a source: “Pumpwerk Basel is a maker"));
  CHECK(has(page, "<a href=\"/snapshot/1?begin="));
  CHECK(has(page, "taken out by"));
}

TEST_CASE("what is on disk is kept and what was kept is said") {
  ConflictFixture quarrel;
  CHECK(has(quarrel.resolve("disk"), "c1 is settled: what is on disk was kept"));
  CHECK_FALSE(quarrel.waits());
  CHECK(quarrel.exported() == "## Summary\n\nBy <b>hand</b>.\n");
}

TEST_CASE("what is in the store is kept") {
  ConflictFixture quarrel;
  CHECK(has(quarrel.resolve("store"), "what is in the store was kept"));
  CHECK(quarrel.exported() == "## Summary\n\nFirst.\n");
}

TEST_CASE("a text of ones own is kept but not with the marks in it") {
  ConflictFixture quarrel;
  const std::string marked = "## Summary\n\n<<<<<<< in the store\nFirst.\n=======\nMine.\n>>>>>>> on disk\n";
  const std::string again = quarrel.resolve("edit", marked);
  CHECK(has(again, "the text still has the marks of the conflict"));
  CHECK(has(again, "\nMine.\n"));
  CHECK(quarrel.waits());
  const std::string resolved = quarrel.resolve("edit", "## Summary\n\nMine.\n");
  INFO(resolved);
  CHECK(has(resolved, "your text was kept"));
  CHECK(quarrel.exported() == "## Summary\n\nMine.\n");
}

TEST_CASE("a conflict that another window settled is not settled twice") {
  ConflictFixture quarrel;
  quarrel.browser->get("/conflict/c1");
  const std::string csrf = quarrel.browser->csrf();
  quarrel.base.run_ok({"review", "resolve", "c1", "--keep", "store"});
  const auto late = quarrel.browser->post("/conflict", {{"csrf", csrf}, {"id", "1"}, {"keep", "disk"}});
  REQUIRE(late);
  CHECK(late->status == 200);
  CHECK(has(late->body, "This is"));
  CHECK(quarrel.exported() == "## Summary\n\nFirst.\n");
}

TEST_CASE("what was settled is undone by the way on and by the conflicts own page") {
  ConflictFixture quarrel;
  const std::string resolved = quarrel.resolve("store");
  CHECK(has(resolved, "Undo (c1)"));
  const auto undo_response = quarrel.browser->post(
      "/review",
      {{"csrf", quarrel.browser->csrf()}, {"do", "undo"}, {"step", quarrel.browser->field("step")}});
  REQUIRE(undo_response);
  CHECK(undo_response->get_header_value("Location") == "/conflict/c1?undone=1");
  CHECK(has(quarrel.browser->get("/conflict/c1?undone=1")->body, "Undone: c1 waits again."));
  CHECK(quarrel.waits());
  quarrel.resolve("store");
  CHECK(quarrel.exported() == "## Summary\n\nFirst.\n");
  CHECK(has(quarrel.browser->get("/conflict/c1")->body, "name=\"do\" value=\"undo\""));
  const auto undo = [&] {
    return quarrel.browser->post("/conflict",
                                 {{"csrf", quarrel.browser->csrf()}, {"id", "1"}, {"do", "undo"}});
  };
  CHECK(undo()->status == 303);
  CHECK(quarrel.waits());
  CHECK(quarrel.base.run({"export"}).exit_code == 3);
  CHECK(read_file(quarrel.file) == "## Summary\n\nFirst.\n");
  CHECK(has(undo()->body, "there is no decision to undo"));
  quarrel.resolve("disk");
  CHECK(quarrel.exported() == "## Summary\n\nBy <b>hand</b>.\n");
}

TEST_CASE("undoing a settled file can be tried again where the store refuses it") {
  ConflictFixture quarrel;
  quarrel.resolve("store");
  quarrel.base.sql(
      "CREATE TRIGGER broken BEFORE INSERT ON conflict_decision BEGIN INSERT INTO missing VALUES (1); END");
  const httplib::Params fields{
      {"csrf", quarrel.browser->csrf()}, {"do", "undo"}, {"step", quarrel.browser->field("step")}};
  const auto undo = [&] { return quarrel.browser->post("/review", fields); };
  CHECK(undo()->status == 500);
  CHECK_FALSE(quarrel.waits());
  quarrel.base.sql("DROP TRIGGER broken");
  CHECK(undo()->status == 303);
  CHECK(quarrel.waits());
}

TEST_CASE("without its sessions token nothing is settled or undone") {
  ConflictFixture quarrel;
  quarrel.browser->get("/conflict/c1");
  CHECK(quarrel.browser->post("/conflict", {{"id", "1"}, {"do", "undo"}})->status == 403);
  quarrel.browser->get("/conflict/c1");
  CHECK(quarrel.browser->post("/conflict", {{"id", "1"}, {"keep", "disk"}})->status == 403);
  CHECK(quarrel.waits());
}
