// Files edited by hand in the review at a terminal, which is a stream: they come first, and a letter settles
// each.

#include <filesystem>
#include <sstream>

#include "cli/terminal/styled_text.h"
#include "tests/cli/knowledge_base.h"
#include "tests/cli/stream_terminal.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

TEST_CASE("the walk shows conflicts first, and keeps what the letters say") {
  TestKnowledgeBase base;
  const std::string file = base.site + "/pump.md";
  write_file(file, "## Summary\n\nFirst.\n");
  base.run_ok({"import", base.site});
  write_file(file, "## Summary\n\nSecond.\n");
  base.run_ok({"export"});
  base.run_ok({"revert", "pump", "1"});
  write_file(file, "## Summary\n\nBy hand.\n");
  CHECK(base.run({"export"}).exit_code == 3);
  StreamTerminal terminal;
  const std::vector<std::string> walk{"review", "--kb", base.kb};
  SECTION("the file's text") {
    CHECK(terminal.run(walk, "xd") == 0);
    CHECK(terminal.out.str().find("[conflict 1/1]") != std::string::npos);
    base.run_ok({"export"});
    CHECK(read_file(file) == "## Summary\n\nBy hand.\n");
  }
  SECTION("the store's text") {
    CHECK(terminal.run(walk, "t") == 0);
    base.run_ok({"export"});
    CHECK(read_file(file) == "## Summary\n\nFirst.\n");
  }
  SECTION("both in an editor, first with the marks left in") {
    bool with_marks = true;
    terminal.editor = [&](const std::string& given) {
      CHECK(read_file(given).find("<<<<<<< in the store\nFirst.\n=======\nBy hand.\n>>>>>>> on disk\n") !=
            std::string::npos);
      write_file(given, with_marks ? read_file(given) + "\nMore.\n" : "Mine.\n");
      with_marks = false;
    };
    CHECK(terminal.run(walk, "ee") == 0);
    base.run_ok({"export"});
    CHECK(read_file(file) == "Mine.\n");
  }
  SECTION("in the width of the screen, and in full in the pager") {
    std::string paged;
    terminal.editor = [&](const std::string& given) { paged = read_file(given); };
    CHECK(terminal.run(walk, "vq") == 0);
    CHECK(paged.find("keep disk: your text at these places") != std::string::npos);
    std::istringstream lines{terminal.out.str()};
    for (std::string line; std::getline(lines, line);) CHECK(cli::display_width(line) <= 100);
  }
  SECTION("nothing yet") {
    CHECK(terminal.run(walk, "s") == 0);
    CHECK(terminal.run(walk, "q") == 0);
    CHECK(base.json({"review", "list"})["conflicts"].size() == 1);
  }
  SECTION("what was settled last is undone at the end and settled again") {
    CHECK(terminal.run(walk, "duq") == 0);
    CHECK(terminal.out.str().find("undone: c1 waits again") != std::string::npos);
    CHECK(base.json({"review", "list"})["conflicts"].size() == 1);
    CHECK(terminal.run(walk, "dut") == 0);
    base.run_ok({"export"});
    CHECK(read_file(file) == "## Summary\n\nFirst.\n");
  }
  SECTION("undo says so where nothing was settled") {
    CHECK(terminal.run(walk, "uq") == 0);
    CHECK(terminal.out.str().find("nothing has been decided yet") != std::string::npos);
  }
}

TEST_CASE("a settled conflict is undone from another conflict and from among the changes") {
  TestKnowledgeBase base;
  const std::vector<std::string> names{"fan", "pump"};
  const auto write_both = [&](const std::string& text) {
    for (const std::string& name : names)
      write_file(base.site + "/" + name + ".md", name + "\n\n## Summary\n\n" + text);
  };
  write_both("First.\n");
  base.run_ok({"import", base.site});
  write_both("Second.\n");
  base.run_ok({"export"});
  for (const std::string& name : names) base.run_ok({"revert", name, "1"});
  write_both("By hand.\n");
  CHECK(base.run({"export"}).exit_code == 3);
  StreamTerminal terminal;
  const std::vector<std::string> walk{"review", "--kb", base.kb};
  const auto shows = [&](const std::string& words) {
    return terminal.out.str().find(words) != std::string::npos;
  };
  CHECK(terminal.run(walk, "duq") == 0);
  CHECK(shows("[conflict 2/2]"));
  CHECK(base.json({"review", "list"})["conflicts"].size() == 2);
  // Both are settled and both taken back, the last first; then both are settled the other way.
  CHECK(terminal.run(walk, "dduutt") == 0);
  CHECK(base.json({"review", "list"})["conflicts"].empty());
  base.run_ok({"export"});
  for (const std::string& name : names)
    CHECK(read_file(base.site + "/" + name + ".md").ends_with("\n\nFirst.\n"));
}

TEST_CASE("a deleted file and one that no export made show both texts, and ask before one of them goes") {
  TestKnowledgeBase base;
  const std::string file = base.site + "/pump.md";
  write_file(file, "## Summary\n\nWhat the store says.\n");
  base.run_ok({"import", base.site});
  base.run_ok({"export"});
  StreamTerminal terminal;
  terminal.variables["NO_COLOR"] = "1";
  const std::vector<std::string> walk{"review", "--kb", base.kb};
  const auto shows = [&](const std::string& words) {
    return terminal.out.str().find(words) != std::string::npos;
  };
  const auto waiting = [&] { return base.json({"review", "list"})["conflicts"].size(); };
  SECTION("deleted") {
    std::filesystem::remove(file);
    CHECK(base.run({"export"}).exit_code == 3);
    CHECK(terminal.run(walk, "dnq") == 0);
    CHECK(shows("What the store says."));
    CHECK(shows("The entry leaves the store's section. Remove it?"));
    CHECK(shows("nothing was decided"));
    CHECK(waiting() == 1);
    CHECK(terminal.run(walk, "dy") == 0);
    CHECK(waiting() == 0);
  }
  SECTION("deleted, and written again without a question") {
    std::filesystem::remove(file);
    CHECK(base.run({"export"}).exit_code == 3);
    CHECK(terminal.run(walk, "t") == 0);
    CHECK(waiting() == 0);
  }
}
