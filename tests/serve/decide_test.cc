// Deciding in a browser without JavaScript: forms, and what comes of them. Two windows, or a browser and a
// terminal, never lose or double a decision.

#include "kb/store/database.h"
#include "kb/store/store.h"
#include "tests/serve/served_knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

struct DecisionFixture : ServedKnowledgeBase {
  DecisionFixture() {
    base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
    base.add_stub("pumps/chur", "Pumpwerk Chur", page_about("Pumpwerk Chur"));
    base.run_ok({"refresh"});
    serve();
  }
  // Sends the form of the page at an address, and gives the page that it leads to.
  std::string decide(const std::string& address, const std::string& action, httplib::Params more = {}) {
    browser->get(address);
    return send(action, std::move(more));
  }
  // Sends the form of the page that was got last.
  std::string send(const std::string& action, httplib::Params more = {}) {
    httplib::Params fields{{"csrf", browser->csrf()},
                           {"id", browser->field("id")},
                           {"seen", browser->field("seen")},
                           {"next", browser->field("next")},
                           {"do", action}};
    for (const auto& [name, value] : more) {
      fields.erase(name);
      fields.emplace(name, value);
    }
    const auto answer = browser->post("/review", fields);
    REQUIRE(answer);
    if (answer->status != 303) return answer->body;
    location = answer->get_header_value("Location");
    const auto next = browser->get(location);
    REQUIRE(next);
    return next->body;
  }
  nlohmann::json change(int id) { return base.json({"review", "show", std::to_string(id)})["changes"][0]; }
  std::string state(int id) { return change(id)["state"]; }
  // How many revisions the entry has.
  std::size_t revisions(const std::string& entry) {
    return base.json({"history", entry})["revisions"].size();
  }
  std::string location;
};

bool has(const std::string& page, const std::string& words) {
  return page.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("approving leads to the next change and says what was done") {
  DecisionFixture desk;
  const std::string page = desk.decide("/review", "approve");
  CHECK(has(page, "Change 1 is approved."));
  CHECK(has(page, "<b>1</b> of 5"));
  CHECK(desk.state(1) == "approved");
  CHECK(desk.revisions("pumps/basel") == 2);
}

TEST_CASE("rejecting keeps the reason that was chosen or written") {
  DecisionFixture desk;
  desk.decide("/review?at=1", "reject", {{"reason", "old news"}});
  CHECK(desk.state(1) == "rejected");
  desk.decide("/review?at=2", "reject", {{"reason", "old news"}, {"own-reason", "told in März already"}});
  const std::string page = desk.browser->get("/review?at=2")->body;
  CHECK(has(page, "told in März already"));
  CHECK(has(desk.browser->get("/review?at=1")->body, "old news"));
}

TEST_CASE("a text of the persons own takes the place of the proposed one") {
  DecisionFixture desk;
  desk.decide("/review?at=1", "edit", {{"text", "Pumpwerk Basel makes pumps.\r\n"}});
  CHECK(desk.state(1) == "approved");
  CHECK(has(desk.browser->get("/entry/pumps/basel")->body, "Pumpwerk Basel makes pumps."));
}

TEST_CASE(
    "a change that was approved with a text of the persons own shows that text beside the drafted one") {
  DecisionFixture desk;
  const std::string proposed = desk.change(1)["new_text"];
  const std::string drafted = proposed.substr(proposed.rfind('\n') + 1);
  desk.decide("/review?at=1", "edit", {{"text", "Pumpwerk Basel makes pumps & more.\r\n"}});
  const std::string page = desk.browser->get("/review?at=1")->body;
  const std::size_t own = page.find("Pumpwerk Basel makes pumps &amp; more.");
  const std::size_t was = page.find("What was drafted");
  REQUIRE(was != std::string::npos);
  CHECK(own < was);
  CHECK(page.find(drafted, was) != std::string::npos);
  const std::string entry = desk.browser->get("/entry/pumps/basel?with=1")->body;
  CHECK(has(entry, "As it reads now; what has come with the change is marked"));
  CHECK_FALSE(has(entry, drafted));
  CHECK(has(entry, "id=\"changed\""));
}

TEST_CASE("a text that something speaks against is approved when it is sent a second time") {
  DecisionFixture desk;
  desk.browser->get("/review?at=1");
  const std::string mine = "Pumpwerk Basel makes pumps with 77,000 employees.";
  const std::string page = desk.send("edit", {{"text", mine}});
  CHECK(has(page, "number-not-in-quote"));
  CHECK(has(page, mine));
  CHECK(desk.state(1) == "waiting");
  const std::string mark = "name=\"accepted\" value=\"";
  const std::size_t value = page.find(mark) + mark.size();
  const std::string accepted = page.substr(value, page.find('"', value) - value);
  SECTION("the same text") {
    desk.send("edit", {{"text", mine}, {"accepted", accepted}});
    CHECK(desk.state(1) == "approved");
  }
  SECTION("another one, against which the same speaks, is looked at again") {
    desk.send("edit",
              {{"text", "Pumpwerk Basel makes large pumps with 77,000 employees."}, {"accepted", accepted}});
    CHECK(desk.state(1) == "waiting");
  }
  SECTION("another one is looked at again") {
    desk.send("edit",
              {{"text", "Pumpwerk Basel makes pumps with 88,000 employees."}, {"accepted", accepted}});
    CHECK(desk.state(1) == "waiting");
  }
}

TEST_CASE("a text with raw HTML comes back into the form with the reason") {
  DecisionFixture desk;
  desk.browser->get("/review?at=1");
  const std::string page = desk.send("edit", {{"text", "A <script>alert(1)</script> text."}});
  CHECK(has(page, "A &lt;script&gt;alert(1)&lt;/script&gt; text."));
  CHECK(has(page, "role=\"alert\""));
  CHECK(desk.state(1) == "waiting");
}

TEST_CASE("never again turns down what it speaks of and undo takes that back") {
  DecisionFixture desk;
  desk.decide("/review?at=1", "never-source");
  for (const int id : {1, 2, 3}) CHECK(desk.state(id) == "rejected");
  CHECK(desk.state(4) == "waiting");
  desk.send("undo", {{"step", "1"}});
  for (const int id : {1, 2, 3}) CHECK(desk.state(id) == "waiting");
}

TEST_CASE("a flagged change asks once more before it is approved") {
  DecisionFixture desk;
  const auto store = ok(kb::Store::open(desk.base.kb + "/kb.sqlite"));
  ok(store->database().script("INSERT INTO flag (name, change_id, raised_at) VALUES ('old-source', 1, 0)"));
  const std::string page = desk.browser->get("/review?at=1")->body;
  CHECK(has(page, "It is flagged: source older than two years."));
  CHECK(has(page, "Approve it all the same"));
  CHECK(has(page, "Approve all 2 unflagged of this entry"));
}

TEST_CASE("undo takes back what this browser decided last and then what it decided before") {
  DecisionFixture desk;
  desk.decide("/review?at=1", "approve");
  desk.decide("/review?at=2", "reject");
  CHECK(has(desk.send("undo", {{"step", "2"}}), "Undone: change 2 is waiting."));
  CHECK(desk.state(2) == "waiting");
  // The same form once more takes back nothing.
  CHECK(has(desk.send("undo", {{"step", "2"}}), "That was taken back already."));
  CHECK(desk.state(1) == "approved");
  CHECK(has(desk.send("undo", {{"step", "1"}}), "Undone: change 1 is waiting."));
  CHECK(desk.state(1) == "waiting");
}

TEST_CASE("an undo that the store refuses is kept and can be tried again") {
  DecisionFixture desk;
  desk.decide("/review?at=1", "approve");
  desk.base.sql("CREATE TRIGGER broken BEFORE INSERT ON decision BEGIN INSERT INTO missing VALUES (1); END");
  const std::string failed = desk.send("undo", {{"step", "1"}});
  INFO(failed);
  CHECK(has(failed, "That did not work"));
  CHECK(desk.state(1) == "approved");
  desk.base.sql("DROP TRIGGER broken");
  desk.browser->get("/review?at=1");
  CHECK(has(desk.send("undo", {{"step", "1"}}), "Undone: change 1 is waiting."));
}

TEST_CASE("what is refused is the form's fault and not the server's") {
  DecisionFixture desk;
  desk.browser->get("/review?at=1");
  const auto refused = desk.browser->post(
      "/review",
      {{"csrf", desk.browser->csrf()}, {"id", "1"}, {"seen", desk.browser->field("seen")}, {"do", "split"}});
  REQUIRE(refused);
  CHECK(refused->status == 422);
}

TEST_CASE("a change that was decided at the terminal meanwhile is said and not decided twice") {
  DecisionFixture desk;
  desk.browser->get("/review?at=1");
  desk.base.run_ok({"review", "reject", "1", "--reason", "no"});
  const std::string page = desk.send("approve");
  CHECK(has(page, "Change 1 is rejected already, by jane: nothing was decided."));
  CHECK(desk.state(1) == "rejected");
  CHECK(desk.revisions("pumps/basel") == 1);
}

TEST_CASE("the same form sent twice decides once") {
  DecisionFixture desk;
  TestBrowser& browser = *desk.browser;
  browser.get("/review?at=1");
  const httplib::Params fields{
      {"csrf", browser.csrf()}, {"id", "1"}, {"seen", browser.field("seen")}, {"do", "approve"}};
  CHECK(browser.post("/review", fields)->status == 303);
  const auto second = browser.post("/review", fields);
  CHECK(second->status == 303);
  CHECK(has(second->get_header_value("Location"), "note=missed"));
  CHECK(desk.revisions("pumps/basel") == 2);
}

TEST_CASE("what is not what was seen is shown again instead of decided") {
  for (const std::string action : {"approve", "reject", "edit", "move", "never-kind", "split"}) {
    INFO(action);
    DecisionFixture desk;
    desk.browser->get("/review?at=1&part=Key%20Facts");
    const std::string accepted = desk.browser->field("accepted");
    // A flag is raised meanwhile.
    const auto store = ok(kb::Store::open(desk.base.kb + "/kb.sqlite"));
    ok(store->database().script("INSERT INTO flag (name, change_id, raised_at) VALUES ('old-source', 1, 0)"));
    const std::string page =
        desk.send(action, {{"text", "Pumps are made here."}, {"part", "Key Facts"}, {"accepted", accepted}});
    CHECK(has(page, "Change 1 is not what you saw any more"));
    CHECK(has(desk.location, "at=1"));
    CHECK(desk.state(1) == "waiting");
  }
}

TEST_CASE("two windows decide on different entries without getting into each others way") {
  DecisionFixture desk;
  TestBrowser second{*desk.program};
  second.enter();
  desk.browser->get("/review?at=1");
  second.get("/review?at=4");
  const httplib::Params of_second{
      {"csrf", second.csrf()}, {"id", "4"}, {"seen", second.field("seen")}, {"do", "approve"}};
  desk.send("approve");
  CHECK(second.post("/review", of_second)->status == 303);
  CHECK(desk.state(1) == "approved");
  CHECK(desk.state(4) == "approved");
}

TEST_CASE("all unflagged changes of an entry are approved in one step as they were seen") {
  DecisionFixture desk;
  const std::string page = desk.browser->get("/review?at=1")->body;
  REQUIRE(has(page, "Approve all 3 unflagged of this entry"));
  const std::size_t form = page.find("name=\"entry-of\"");
  const std::string mark = "name=\"seen\" value=\"";
  const std::size_t value = page.find(mark, form) + mark.size();
  const std::string seen = page.substr(value, page.find('"', value) - value);

  const auto approve = [&](const std::vector<int>& ids) {
    httplib::Params fields{{"entry-of", "pumps/basel"}, {"seen", seen}};
    for (const int id : ids) fields.emplace("with-" + std::to_string(id), "1");
    return desk.send("approve-unflagged", fields);
  };

  SECTION("as they were") {
    const std::string next = approve({1, 2, 3});
    CHECK(has(next, "3 unflagged changes of <a href="));
    for (const int id : {1, 2, 3}) CHECK(desk.state(id) == "approved");
    CHECK(desk.state(4) == "waiting");
    CHECK(has(next, "pumps/chur"));
  }
  SECTION("without the one whose box was taken out and that one is shown next") {
    const std::string next = approve({1, 3});
    CHECK(has(next, "2 unflagged changes of <a href="));
    CHECK(desk.state(1) == "approved");
    CHECK(desk.state(2) == "waiting");
    CHECK(desk.state(3) == "approved");
    CHECK(has(next, "Change 2 · "));
    desk.send("undo", {{"step", "1"}});
    CHECK(desk.state(1) == "waiting");
  }
  SECTION("none where all boxes were taken out") {
    CHECK(has(approve({}), "All of them were left out: nothing was decided."));
    CHECK(desk.state(1) == "waiting");
  }
  SECTION("no other change than those that were seen") {
    approve({1, 4});
    CHECK(desk.state(1) == "approved");
    CHECK(desk.state(4) == "waiting");
  }
  SECTION("not where one was decided meanwhile") {
    desk.base.run_ok({"review", "reject", "2"});
    const std::string next = approve({1, 2, 3});
    CHECK(has(next, "is not what you saw any more"));
    CHECK(desk.state(1) == "waiting");
  }
}

TEST_CASE("the list of what goes together is as it would be read and names what is left out and why") {
  DecisionFixture desk;
  const auto store = ok(kb::Store::open(desk.base.kb + "/kb.sqlite"));
  ok(store->database().script("INSERT INTO flag (name, change_id, raised_at) VALUES ('old-source', 1, 0)"));
  const auto group_of = [](const std::string& page) {
    const std::size_t begin = page.find("<div class=\"group\"");
    REQUIRE(begin != std::string::npos);
    return page.substr(begin, page.find("</form>", begin) - begin);
  };
  const std::string group = group_of(desk.browser->get("/review?at=2")->body);
  CHECK(has(group, "name=\"with-2\" value=\"1\" checked data-choice=\"1\""));
  CHECK(has(group, "name=\"with-3\""));
  CHECK_FALSE(has(group, "name=\"with-1\""));
  CHECK(has(group, "<b>change 1</b>, flagged: source older than two years: “Pumpwerk Basel is a maker"));
  for (const char* mark : {"## ", "](", "**"}) CHECK_FALSE(has(group, mark));
}

TEST_CASE("at the end of the queue it is said what still waits") {
  DecisionFixture desk;
  CHECK(has(desk.browser->get("/review?from=end")->body,
            "6 changes still wait: skipped, or before where you came in"));
  for (int i = 0; i < 6; ++i) desk.decide("/review", "reject");
  CHECK(has(desk.browser->get("/review")->body, "All clear"));
}

TEST_CASE("a filter is kept from change to change") {
  DecisionFixture desk;
  const std::string page = desk.decide("/review?entry=pumps/chur", "approve", {{"entry", "pumps/chur"}});
  CHECK(has(page, "pumps/chur"));
  CHECK(has(page, "<b>1</b> of 2"));
  CHECK(has(desk.location, "entry=pumps"));
}

TEST_CASE("the way back from a snapshot or the entry keeps the filter") {
  DecisionFixture desk;
  desk.browser->get("/review?entry=pumps/chur");
  for (const char* page : {"/snapshot/1?begin=0&end=5&for=4", "/entry/pumps/chur?with=4"}) {
    INFO(page);
    CHECK(has(desk.browser->get(page)->body, "href=\"/review?at=4&amp;entry=pumps%2Fchur\" data-key=\"b\""));
  }
  desk.browser->get("/review");
  CHECK(has(desk.browser->get("/entry/pumps/chur?with=4")->body, "href=\"/review?at=4\" data-key=\"b\""));
}

TEST_CASE("words and addresses in a query that lead nowhere are a page with a status") {
  DecisionFixture desk;
  CHECK(desk.browser->get("/review?at=999")->status == 404);
  CHECK(desk.browser->get("/entry/no/such")->status == 404);
  CHECK(desk.browser->get("/snapshot/999")->status == 404);
  CHECK(desk.browser->get("/review?source=x")->status == 400);
  CHECK(desk.browser->get("/queue?entry=..%2F..")->status == 400);
  CHECK(desk.browser->get("/find?q=3")->status == 303);
}

TEST_CASE("a change is shown in another part before it is approved there and undone") {
  DecisionFixture desk;
  const std::string offered = desk.browser->get("/review?at=1")->body;
  CHECK(has(offered, "href=\"/review?at=1&amp;part=Key%20Facts\" data-choice=\"1\""));
  CHECK_FALSE(has(offered, "Approve it there"));
  const std::string shown = desk.browser->get("/review?at=1&part=key%20facts")->body;
  CHECK(has(shown, "id=\"move\" open"));
  CHECK(has(shown, "Under <b>Key Facts</b> it would stand so"));
  CHECK(has(shown, "href=\"/entry/pumps/basel?part=Key%20Facts&amp;with=1#changed\""));
  const std::string entry = desk.browser->get("/entry/pumps/basel?with=1&part=Key%20Facts")->body;
  CHECK(has(entry, "Key Facts</h"));
  CHECK_FALSE(has(entry, "Summary</h"));
  CHECK(has(entry, "href=\"/review?at=1&amp;part=Key%20Facts\" data-key=\"b\""));
  desk.browser->get("/review?at=1&part=Key%20Facts");
  const std::string page =
      desk.send("move", {{"part", "Key Facts"}, {"accepted", desk.browser->field("accepted")}});
  CHECK(has(page, "Change 1 is approved under “Key Facts”, checked against its quotes."));
  CHECK(desk.change(1)["decisions"][0]["verdict"] == "edit");
  CHECK(desk.change(1)["decisions"][0]["by"] == "jane");
  CHECK(desk.change(1)["decisions"][0]["moved_to"] == "Key Facts");
  const std::string decided = desk.browser->get("/review?at=1")->body;
  CHECK(has(decided, "<bdi class=\"place\">Key Facts</bdi>"));
  CHECK(has(decided, "moved to Key Facts"));
  desk.send("undo", {{"step", "1"}});
  CHECK(desk.state(1) == "waiting");
}

TEST_CASE("a move that was not shown or names no part decides nothing") {
  DecisionFixture desk;
  CHECK(has(desk.decide("/review?at=1", "move", {{"part", "Key Facts"}}), "Approve it there"));
  const std::string nowhere = desk.decide("/review?at=1", "move", {{"part", "<b>Nowhere"}});
  CHECK(has(nowhere, "&lt;b&gt;Nowhere&quot; is no part that it can be moved to"));
  CHECK(has(nowhere, "the parts are: Key Facts"));
  CHECK_FALSE(has(nowhere, "Approve it there"));
  desk.browser->get("/review?at=1&part=Key%20Facts");
  const std::string of_facts = desk.browser->field("accepted");
  CHECK(has(desk.send("move", {{"part", "Key People"}, {"accepted", of_facts}}), "Under <b>Key People</b>"));
  CHECK(has(desk.decide("/review?at=1", "move"), "the form names no part"));
  CHECK(desk.state(1) == "waiting");
}

TEST_CASE("a move that somebody decided before is told and not done twice") {
  DecisionFixture desk;
  desk.browser->get("/review?at=1&part=Key%20Facts");
  const std::string accepted = desk.browser->field("accepted");
  desk.base.run_ok({"review", "approve", "1"});
  CHECK(has(desk.send("move", {{"part", "Key Facts"}, {"accepted", accepted}}),
            "Change 1 is approved already, by jane: nothing was decided."));
  CHECK(desk.revisions("pumps/basel") == 2);
}

TEST_CASE("what speaks against a moved change is shown with it and stays as flags") {
  DecisionFixture desk;
  desk.base.add_stub(
      "pumps/thun", "Pumpwerk Thun",
      "<html><body><main><h1>Pumpwerk Thun</h1><p>Pumpwerk Thun is a maker of pumps in Thun with 120 "
      "employees.</p></main></body></html>");
  desk.base.run_ok({"refresh"});
  const auto flagged = desk.base.json({"review", "list", "--flagged"})["changes"];
  REQUIRE(flagged.size() == 1);
  const int id = flagged[0]["id"];
  const std::string name = flagged[0]["flags"][0]["name"];
  const std::string page = desk.browser->get("/review?at=" + std::to_string(id) + "&part=Key%20Facts")->body;
  CHECK(has(page.substr(page.find("id=\"move\" open")), name));
  CHECK(has(page, "Approve it there all the same"));
  desk.send("move", {{"part", "Key Facts"}, {"accepted", desk.browser->field("accepted")}});
  CHECK(desk.state(id) == "approved");
  CHECK(desk.change(id)["flags"][0]["resolved"] == false);
}

TEST_CASE(
    "a store that fails is told as that, whatever was decided, and never as a view that is out of date") {
  DecisionFixture desk;
  desk.base.sql("CREATE TRIGGER broken BEFORE INSERT ON decision BEGIN SELECT RAISE(ABORT, 'broken'); END");
  for (const char* action : {"approve", "reject", "never-kind"}) {
    INFO(action);
    const std::string page = desk.decide("/review?at=1", action);
    CHECK(has(page, "That did not work"));
    CHECK_FALSE(has(page, "not what you saw"));
    CHECK(desk.state(1) == "waiting");
  }
  desk.base.sql("DROP TRIGGER broken");
  CHECK(has(desk.decide("/review?at=1", "approve"), "Change 1 is approved."));
}

TEST_CASE("what an approval does stands at the buttons, and a change without quotes is not called quoted") {
  DecisionFixture desk;
  const std::string page = desk.page("/review?at=1");
  CHECK(has(
      page,
      "<p class=\"effect\">Approve: writes it into the summary; does not mark the entry as reviewed.</p>"));
  CHECK(has(page, "its words stand in the quotes"));
  desk.base.sql(
      "INSERT INTO change (proposal_id, ordinal, kind, edit_json, place, old_text, new_text, reason, state) SELECT "
      "proposal_id, 99, 'note contradiction', edit_json, place, '', new_text || ' and more', '', 'waiting' FROM "
      "change WHERE id = 1");
  const std::string contradiction = desk.page("/review?at=7");
  CHECK(has(contradiction, "Keep: keeps the line as it is; does not mark the entry as reviewed."));
  CHECK(has(contradiction, "Keep <kbd>a</kbd>"));
  CHECK(has(contradiction, "Correct <kbd>e</kbd>"));
  CHECK(has(contradiction, "It quotes nothing."));
  CHECK_FALSE(has(contradiction, "its words stand in the quotes"));
}

TEST_CASE("only the changed words of a replaced paragraph are coloured, and texts have their own direction") {
  DecisionFixture desk;
  const auto style = desk.browser->get("/style.css");
  REQUIRE(style);
  // The mark of what is new in an entry is not that of a changed block in the review.
  CHECK_FALSE(has(style->body, "\n.changed"));
  CHECK(has(style->body, "\n.entry .changed {"));
  const std::string page = desk.page("/review?at=1");
  CHECK(has(page, "<blockquote dir=\"auto\">"));
  CHECK(has(page, "dir=\"auto\"><bdi class=\"for-readers\">New: </bdi>"));
}
