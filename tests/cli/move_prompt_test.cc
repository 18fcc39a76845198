// A change is moved to another part of its entry at the terminal.

#include <algorithm>

#include "kb/store/database.h"
#include "kb/store/store.h"
#include "tests/cli/knowledge_base.h"
#include "tests/cli/stream_terminal.h"
#include "tests/support/catch.h"
#include "tests/support/ok.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

TEST_CASE("a change is moved to another part that a digit chooses and stands there as it was shown") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  StreamTerminal terminal;
  terminal.variables["NO_COLOR"] = "1";
  const std::vector<std::string> walk{"review", "--kb", base.kb};
  const auto shows = [&](const std::string& words) {
    return terminal.out.str().find(words) != std::string::npos;
  };
  const auto change = [&] { return base.json({"review", "show", "1"})["changes"][0]; };
  const std::string proposed = change()["new_text"];
  const std::string words = proposed.substr(proposed.rfind('\n') + 1);

  SECTION("Escape and n leave it where it is") {
    CHECK(terminal.run(walk, "m\x1bq") == 0);
    CHECK(shows("· m move"));
    CHECK(shows("to which part of pumps/basel?\n  1 Key Facts"));
    CHECK(shows("left where it is; nothing was decided"));
    CHECK(terminal.run(walk, "m1nq") == 0);
    CHECK(shows("left where it is; nothing was decided"));
    CHECK(change()["state"] == "waiting");
  }
  SECTION("y approves it there") {
    CHECK(terminal.run(walk, "m1yq") == 0);
    const std::string out = terminal.out.str();
    CHECK(out.find("+ - " + words.substr(0, 30)) < out.find("approve it under \"Key Facts\""));
    CHECK(shows("change 1 approved under \"Key Facts\""));
    CHECK(change()["state"] == "approved");
    const auto decision = change()["decisions"][0];
    CHECK(decision["verdict"] == "edit");
    CHECK(decision["by"] == "jane");
    CHECK(decision["moved_to"] == "Key Facts");
    CHECK(change()["own"]["place"] == "Key Facts");
    base.run_ok({"export", "--to", base.site});
    const std::string page = read_file(base.site + "/pumps/basel.md");
    CHECK(page.find("## Key Facts\n\n- " + words) != std::string::npos);
    CHECK(page.find("## Summary") == std::string::npos);
    const std::size_t at = page.find("- " + words);
    const auto line = std::count(page.begin(), page.begin() + static_cast<std::ptrdiff_t>(at), '\n') + 1;
    const auto told = base.json({"why", "pumps/basel:" + std::to_string(line)});
    CHECK(told["blocks"][0]["parts"][0]["rests_on"] == "quotes");
  }
  SECTION("u takes it back to where it was proposed") {
    CHECK(terminal.run(walk, "m1yuq") == 0);
    CHECK(change()["state"] == "waiting");
    CHECK(change()["place"] == "Summary");
    CHECK(terminal.run(walk, "aq") == 0);
    base.run_ok({"export", "--to", base.site});
    CHECK(read_file(base.site + "/pumps/basel.md").find("## Summary\n\n" + words) != std::string::npos);
  }
  SECTION("a development is dated by what its text says and not by its page") {
    base.add_stub(
        "pumps/thun", "Pumpwerk Thun",
        "<html><head><meta property=\"article:published_time\" content=\"2026-05-07\"></head><body><main>"
        "<h1>Pumpwerk Thun</h1><p>Pumpwerk Thun is a maker of pumps that opened a works in Spiez on 2 March "
        "2026.</p></main></body></html>");
    base.run_ok({"refresh"});
    const auto moving = base.json({"review", "list", "--entry", "pumps/thun"})["changes"][0]["id"].get<int>();
    const std::string id = std::to_string(moving);
    const auto plan = base.run({"review", "edit", id, "--part", "Notable Developments", "--dry-run"});
    CHECK(plan.err.find("**2026-03:**") != std::string::npos);
    base.run_ok({"review", "edit", id, "--part", "Notable Developments"});
    const auto shown = base.json({"review", "show", id})["changes"][0];
    CHECK(shown["own"]["text"].get<std::string>().find("- **2026-03:** ") != std::string::npos);
    base.run_ok({"export", "--to", base.site});
    CHECK(read_file(base.site + "/pumps/thun.md").find("- **2026-03:** “Pumpwerk Thun is a maker") !=
          std::string::npos);
  }
  SECTION("a development without a date is not taken and the reason is said") {
    base.add_stub(
        "pumps/alt", "Pumpwerk Alt",
        "<html><body><main><h1>Pumpwerk Alt</h1><p>Pumpwerk Alt is a maker of pumps in Thun with 120 "
        "employees.</p></main></body></html>");
    base.run_ok({"refresh"});
    const auto parts = base.json({"review", "list", "--entry", "pumps/alt"})["changes"][0]["id"].get<int>();
    const auto others = base.json({"review", "show", std::to_string(parts)})["changes"][0]["other_parts"];
    const auto found = std::find(others.begin(), others.end(), "Notable Developments");
    const std::string digit(1, static_cast<char>('1' + (found - others.begin())));
    CHECK(terminal.run({"review", "--entry", "pumps/alt", "--kb", base.kb}, "m" + digit + "q") == 0);
    CHECK(shows("a development has a date, and its sources have none"));
    CHECK(shows("left where it is; nothing was decided"));
  }
}

TEST_CASE("what cannot be moved says why") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  const auto store = ok(kb::Store::open(base.kb + "/kb.sqlite"));
  ok(
      store->database().script("UPDATE change SET edit_json = json_set(edit_json, '$.kind', 'append_source') "
                               "WHERE id = 1"));
  StreamTerminal terminal;
  CHECK(terminal.run({"review", "--kb", base.kb}, "mq") == 0);
  CHECK(terminal.out.str().find("it cannot be moved: sources have their list") != std::string::npos);
}
