// The walk at a change that is decided already, as whoever goes back comes to it.

#include "tests/cli/knowledge_base.h"
#include "tests/cli/stream_terminal.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

TEST_CASE("at a decided change no key decides and none opens the editor") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.run_ok({"refresh"});
  StreamTerminal terminal;
  terminal.editor = [](const std::string&) { FAIL("an editor or a pager was opened"); };
  const std::vector<std::string> walk{"review", "--kb", base.kb};
  for (const char key : std::string{"aremnx"}) {
    INFO(key);
    REQUIRE(terminal.run(walk, std::string{"ab"} + key + "uq") == 0);
    const std::string screen = terminal.out.str();
    CHECK(screen.find("change 1 is approved already; `stubkeeper review undo 1` lets it wait again") !=
          std::string::npos);
    CHECK(screen.find("u undo the last decision") != std::string::npos);
    // The key that the line names still works, and what it took back waits.
    CHECK(screen.find("undone: change 1 waits again") != std::string::npos);
    CHECK(base.json({"review", "show", "1"})["changes"][0]["state"] == "waiting");
  }
}
