// What happens to the terminal while the review asks something, and to those who stop reading.

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/pseudo_terminal.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

// Three changes wait, of which the first is flagged.
struct QuestionFixture {
  TestKnowledgeBase base;
  TemporaryFolder folder;
  std::map<std::string, std::string> variables{{"TERM", "xterm"}, {"NO_COLOR", "1"}, {"PAGER", "cat"}};

  QuestionFixture() {
    base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
    base.run_ok({"refresh"});
    base.sql("INSERT INTO flag (name, detail, change_id, raised_at) VALUES ('old-source', '2019', 1, 0)");
    write_file(folder / "editor", "echo 'Pumpwerk Basel makes pumps.' > \"$1\"\n");
    variables["EDITOR"] = "/bin/sh " + (folder / "editor");
  }
  std::vector<std::string> words() const { return {"review", "--kb", base.kb}; }
  std::string states() const { return query_rows(base.kb, "SELECT state FROM change ORDER BY id"); }
};

bool holds(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

const std::string bar = "q quit\r\n> ";
const std::string undecided = "waiting|\nwaiting|\nwaiting|\n";

// Each question: the keys that lead to it, what it ends with, and the key that says yes.
struct Question {
  std::string keys;
  std::string ends_with;
  std::string yes;
};
const std::vector<Question> questions{{"a", "y or n: ", "y"},
                                      {"r", "do not reject: ", "1"},
                                      {"e", "n leave it: ", "y"},
                                      {"A", "y or n: ", "y"},
                                      {"n", "nothing of it: ", "k"}};

}  // namespace

TEST_CASE("terminal: no question takes Enter or another key for a yes") {
  QuestionFixture asking;
  PseudoTerminal terminal{asking.words(), asking.variables};
  terminal.wait_for(bar);
  for (const Question& question : questions) {
    INFO(question.keys);
    terminal.type(question.keys);
    terminal.wait_for(question.ends_with);
    terminal.type("\r\n Z\x1b");
    terminal.wait_for(bar);
    CHECK(asking.states() == undecided);
  }
  terminal.type("q");
  std::string rest;
  CHECK(terminal.wait_for_end(&rest) == 0);
  CHECK(holds(rest, "0 approved, 0 rejected, 3 left"));
}

TEST_CASE("terminal: a question is asked again when the window changes, and then answered") {
  QuestionFixture asking;
  PseudoTerminal terminal{asking.words(), asking.variables};
  terminal.wait_for(bar);
  terminal.type("r");
  terminal.wait_for("do not reject: ");
  terminal.resize(60, 20);
  terminal.wait_for("do not reject: ");
  terminal.type("1");
  CHECK(holds(terminal.wait_for(bar), "not news"));
  CHECK(asking.states() == "rejected|\nwaiting|\nwaiting|\n");
}

TEST_CASE("terminal: Ctrl-Z in a question stops the program and the question waits") {
  QuestionFixture asking;
  PseudoTerminal terminal{asking.words(), asking.variables};
  terminal.wait_for(bar);
  terminal.type("a");
  terminal.wait_for("y or n: ");
  terminal.type("\x1a");
  CHECK(holds(terminal.wait_for("[stopped]"), "[as found]"));
  CHECK(asking.states() == undecided);
  terminal.type("\n");
  terminal.wait_for("y or n: ");
  terminal.type("y");
  terminal.wait_for(bar);
  CHECK(asking.states() == "approved|\nwaiting|\nwaiting|\n");
}

TEST_CASE("terminal: Ctrl-C or a closed window in any question decides nothing") {
  for (const Question& question : questions) {
    for (const bool hangs_up : {false, true}) {
      INFO(question.keys << (hangs_up ? ", closed" : ", Ctrl-C"));
      QuestionFixture asking;
      PseudoTerminal terminal{asking.words(), asking.variables};
      terminal.wait_for(bar);
      terminal.type(question.keys);
      terminal.wait_for(question.ends_with);
      if (hangs_up) {
        terminal.close_terminal();
        CHECK(terminal.wait_for_end() != 127);
      } else {
        terminal.type("\x03");
        std::string rest;
        CHECK(terminal.wait_for_end(&rest) == 0);
        CHECK(holds(rest, "0 approved, 0 rejected, 3 left"));
      }
      CHECK(asking.states() == undecided);
      check_integrity(asking.base.kb);
    }
  }
}

TEST_CASE("terminal: what is typed ahead of a question is taken in its order") {
  QuestionFixture asking;
  PseudoTerminal terminal{asking.words(), asking.variables};
  terminal.wait_for(bar);
  terminal.type("ayr1q");
  std::string rest;
  CHECK(terminal.wait_for_end(&rest) == 0);
  CHECK(holds(rest, "1 approved, 1 rejected, 1 left"));
  CHECK(asking.states() == "approved|\nrejected|\nwaiting|\n");
}

TEST_CASE("terminal: who stops reading a long output ends the program, and no message is written about it") {
  QuestionFixture asking;
  // More than a pipe holds, so that the program is still writing when its reader is gone.
  asking.base.sql("UPDATE change SET reason = printf('%.*c', 400000, 'x')");
  for (const std::string command : {"review list --json", "review show 1 2 3 --json", "review show 1 2 3"}) {
    INFO(command);
    const auto result =
        run_program({"/bin/sh", "-c",
                     "{ \"$0\" " + command + " --kb \"$1\"; echo \"ended $?\" >&2; } | head -c 10 >/dev/null",
                     stubkeeper_command({}).front(), asking.base.kb});
    CHECK(result.err == "ended 1\n");
  }
}
