// The review at a terminal: one change at a time, a letter for each decision. The terminal is a stream.

#include <sstream>

#include "cli/environment.h"
#include "cli/program.h"
#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

struct Terminal {
  std::istringstream in;
  std::ostringstream out;
  std::ostringstream err;
  FakeClock clock{"2026-11-23T10:00:00Z"};
  DiskFileSystem files;
  std::map<std::string, std::string> variables{{"TERM", "xterm"}};
  // What the editor does to the file that it is given.
  std::function<void(const std::string& file)> editor;

  int run(const std::vector<std::string>& arguments, const std::string& typed) {
    in.str(typed);
    in.clear();
    out.str("");
    cli::Environment environment{in,    out, err,    true,         true, true, 100, clock,
                                 files, "/", "jane", "stubkeeper", {},   {},   {}};
    environment.variable = [this](const std::string& name) {
      return variables.contains(name) ? variables.at(name) : "";
    };
    environment.run_at_terminal = [this](const std::string&, const std::string& file) {
      if (editor) editor(file);
      return 0;
    };
    environment.keep_going = [] { return true; };
    return cli::run_program(environment, arguments);
  }
};

}  // namespace

TEST_CASE("the walk shows each change with its quote and does what the letters say") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.done({"refresh"});
  Terminal terminal;
  const std::vector<std::string> walk{"review", "--kb", base.kb};

  SECTION("approve, reject with a reason, skip") {
    CHECK(terminal.run(walk, "a\nr\nnot wanted\ns\n") == 0);
    CHECK(terminal.out.str().find("[1/3] pumps/basel · Summary") != std::string::npos);
    CHECK(terminal.out.str().find("quoted \"Pumpwerk Basel is a maker") != std::string::npos);
    CHECK(terminal.out.str().find("1 approved, 1 rejected, 1 left") != std::string::npos);
    CHECK(base.json({"review", "list"})["changes"].size() == 1);
  }
  SECTION("the end of input decides nothing more") {
    CHECK(terminal.run(walk, "a\n") == 0);
    CHECK(base.json({"review", "list"})["changes"].size() == 2);
  }
  SECTION("a letter that is none, and help, decide nothing") {
    CHECK(terminal.run(walk, "x\n\n?\nq\n") == 0);
    CHECK(terminal.out.str().find("nothing was decided") != std::string::npos);
    CHECK(base.json({"review", "list"})["changes"].size() == 3);
  }
  SECTION("the last decision can be undone") {
    CHECK(terminal.run(walk, "a\nu\nq\n") == 0);
    CHECK(base.json({"review", "list"})["changes"].size() == 3);
  }
  SECTION("all of an entry at once") {
    CHECK(terminal.run(walk, "A\n") == 0);
    CHECK(base.json({"review", "list"})["changes"].empty());
  }
  SECTION("an edited text is what the entry gets") {
    terminal.editor = [](const std::string& file) { write_file(file, "Pumps from Basel.\n"); };
    CHECK(terminal.run(walk, "e\nq\n") == 0);
    base.done({"export"});
    CHECK(read_file(base.site + "/pumps/basel.md").find("\nPumps from Basel.\n") != std::string::npos);
  }
  SECTION("an editor that changes nothing decides nothing") {
    CHECK(terminal.run(walk, "e\nq\n") == 0);
    CHECK(base.json({"review", "list"})["changes"].size() == 3);
  }
}

TEST_CASE("colour is used at a terminal, and not where NO_COLOR or a dumb terminal asks for none") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  base.done({"refresh"});
  Terminal terminal;
  terminal.run({"review", "show", "1", "--kb", base.kb}, "");
  CHECK(terminal.out.str().find("\x1b[") != std::string::npos);
  terminal.variables["NO_COLOR"] = "1";
  terminal.run({"review", "show", "1", "--kb", base.kb}, "");
  CHECK(terminal.out.str().find('\x1b') == std::string::npos);
  terminal.variables = {{"TERM", "dumb"}};
  terminal.run({"review", "show", "1", "--kb", base.kb}, "");
  CHECK(terminal.out.str().find('\x1b') == std::string::npos);
}

TEST_CASE("a long refresh shows progress at a terminal, and leaves no trace of it") {
  TestKnowledgeBase base;
  base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
  Terminal terminal;
  CHECK(terminal.run({"refresh", "--force", "--kb", base.kb}, "") == 0);
  CHECK(terminal.out.str().find("1 looked at: 1 changed") != std::string::npos);
  CHECK(terminal.err.str().find("\n") == std::string::npos);
}

TEST_CASE("the walk shows conflicts first, and keeps what the letters say") {
  TestKnowledgeBase base;
  const std::string file = base.site + "/pump.md";
  write_file(file, "## Summary\n\nFirst.\n");
  base.done({"import", base.site});
  write_file(file, "## Summary\n\nSecond.\n");
  base.done({"export"});
  base.done({"revert", "pump", "1"});
  write_file(file, "## Summary\n\nBy hand.\n");
  CHECK(base.run({"export"}).exit_code == 3);
  Terminal terminal;
  const std::vector<std::string> walk{"review", "--kb", base.kb};
  SECTION("the file's text") {
    CHECK(terminal.run(walk, "x\nd\n") == 0);
    CHECK(terminal.out.str().find("[conflict 1/1]") != std::string::npos);
    base.done({"export"});
    CHECK(read_file(file) == "## Summary\n\nBy hand.\n");
  }
  SECTION("the store's text") {
    CHECK(terminal.run(walk, "t\n") == 0);
    base.done({"export"});
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
    CHECK(terminal.run(walk, "e\ne\n") == 0);
    base.done({"export"});
    CHECK(read_file(file) == "Mine.\n");
  }
  SECTION("nothing yet") {
    CHECK(terminal.run(walk, "s\n") == 0);
    CHECK(terminal.run(walk, "q\n") == 0);
    CHECK(base.json({"review", "list"})["conflicts"].size() == 1);
  }
}
