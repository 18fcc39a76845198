#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;

TEST_CASE("source show explains what was learned of a source and why it is looked at again when it is") {
  TestKnowledgeBase kb;
  kb.add_stub("pumps/basel", "Pumpwerk", page_about("Pumpwerk"));
  const std::string before = kb.run_ok({"source", "show", "1"}).out;
  CHECK_THAT(before, ContainsSubstring("learned    nothing yet"));
  CHECK_THAT(before, ContainsSubstring("next look  due now: it has not been looked at yet"));
  kb.run_ok({"refresh"});
  const std::string after = kb.run_ok({"source", "show", "1"}).out;
  CHECK_THAT(after, ContainsSubstring("learned    1 look saw 0 changes: about one every "));
  CHECK_THAT(after, ContainsSubstring("weight     2: pumps/basel (2, a stub)"));
  CHECK_THAT(after, ContainsSubstring("revisit.page_minutes is 1440, and no budget of fetches is set"));
  const auto json = kb.json({"source", "show", "1"})["revisit"];
  CHECK(json["looks"] == 1);
  CHECK(json["reason"] == "fixed_interval");
  CHECK(json["days_between_changes"]["least"] < json["days_between_changes"]["likely"]);
  CHECK(json["days_between_changes"]["likely"] < json["days_between_changes"]["most"]);
  CHECK(json["weight_of"][0]["stub"] == true);
}

TEST_CASE("with a budget a run leaves what is beyond it for later and says so") {
  TestKnowledgeBase kb;
  kb.configure(
      "[fetch]\ndelay_ms = 0\nallow_addresses = [\"127.0.0.1\"]\n"
      "[revisit]\nfetches_per_day = 2\nmin_minutes = 90\n");
  for (const std::string path : {"/a", "/b", "/c"}) {
    kb.server.serve_page(path, page_about("Pumpwerk"));
    kb.run_ok({"source", "add", kb.server.address(path)});
  }
  CHECK_THAT(kb.run_ok({"refresh", "--dry-run"}).out,
             ContainsSubstring("1 source is due beyond the budget of fetches"));
  const auto run = kb.json({"refresh"});
  CHECK(run["sources"]["planned"] == 2);
  CHECK(run["sources"]["left_for_later"] == 1);
  CHECK(kb.server.hits("/a") + kb.server.hits("/b") + kb.server.hits("/c") == 2);
  CHECK(kb.json({"refresh"})["sources"]["planned"] == 0);
  const auto json = kb.json({"source", "show", kb.server.address("/a")})["revisit"];
  CHECK_FALSE(json["reason"] == "fixed_interval");
  SECTION("but a source that is named is looked at") {
    CHECK(kb.json({"refresh", "--source", kb.server.address("/c")})["sources"]["planned"] == 1);
  }
}
