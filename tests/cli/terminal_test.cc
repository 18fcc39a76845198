// The review at a real terminal: a pseudo-terminal with the program itself.

#include <sstream>

#include "cli/terminal/styled_text.h"
#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/pseudo_terminal.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

struct Review {
  TestKnowledgeBase base;
  std::map<std::string, std::string> variables{{"TERM", "xterm"}, {"PAGER", "cat"}, {"EDITOR", "true"}};

  Review() {
    base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
    base.run_ok({"refresh"});
  }
  std::vector<std::string> words() const { return {"review", "--kb", base.kb}; }
  std::size_t waiting() { return base.json({"review", "list"})["changes"].size(); }
};

bool holds(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

int widest_line(const std::string& text) {
  std::istringstream lines{text};
  int widest = 0;
  for (std::string line; std::getline(lines, line);) {
    while (line.ends_with('\r')) line.pop_back();
    widest = std::max(widest, cli::display_width(line));
  }
  return widest;
}

}  // namespace

TEST_CASE("terminal: a key does its work at once and the next change is shown") {
  Review review;
  PseudoTerminal terminal{review.words(), review.variables};
  const std::string first = terminal.wait_for("q quit\r\n> ");
  CHECK(holds(first, "[1/3] pumps/basel"));
  terminal.type("a");
  const std::string second = terminal.wait_for("q quit\r\n> ");
  CHECK(holds(second, "approved: revision 2"));
  CHECK(holds(second, "[2/3] pumps/basel"));
  terminal.type("r");
  CHECK(holds(terminal.wait_for("Esc do not reject: "), "1 not news"));
  terminal.type("1");
  CHECK(holds(terminal.wait_for("q quit\r\n> "), "rejected: not news"));
  terminal.type("q");
  std::string rest;
  CHECK(terminal.wait_for_end(&rest) == 0);
  CHECK(holds(rest, "1 approved, 1 rejected, 1 left"));
  CHECK(review.waiting() == 1);
}

TEST_CASE("terminal: every key that is named on screen answers, and Enter decides nothing") {
  Review review;
  PseudoTerminal terminal{review.words(), review.variables};
  const std::string bar = "q quit\r\n> ";
  terminal.wait_for(bar);
  const auto press = [&](const std::string& keys) {
    terminal.type(keys);
    return terminal.wait_for(bar);
  };
  CHECK(holds(press("\r"), "Enter decides nothing; these keys do:"));
  CHECK(holds(press("h"), "\"h\" is no key here; these are:"));
  CHECK(holds(press("?"), "approve: the change goes into the entry"));
  const std::string skipped = press("s");
  CHECK(holds(skipped, "change 1 waits"));
  CHECK(holds(skipped, "[2/3]"));
  CHECK(holds(press("b"), "[1/3]"));
  CHECK(holds(press("\x1b[C"), "[2/3]"));
  CHECK(holds(press("\x1b[D"), "[1/3]"));
  CHECK(holds(press("g3\r"), "[3/3]"));
  CHECK(holds(press("/graz\r"), "Graz"));
  CHECK(holds(press("fa"), "3 of that sort"));
  CHECK(holds(press("p"), "title: \"Pumpwerk Basel\""));
  CHECK(holds(press("v"), "#:~:text="));
  CHECK(holds(press("e"), "unchanged; nothing was decided"));
  CHECK(holds(press("x"), "nothing to split"));
  CHECK(holds(press("n\x1b"), "nothing was refused"));
  CHECK(holds(press("r\x1b"), "not rejected"));
  CHECK(holds(press("An"), "not approved"));
  CHECK(holds(press("u"), "nothing has been decided yet"));
  CHECK(review.waiting() == 3);
  terminal.type("q");
  CHECK(terminal.wait_for_end() == 0);
}

TEST_CASE("terminal: 80 columns are enough, and fewer and more are used when the window changes") {
  Review review;
  review.variables["NO_COLOR"] = "1";
  PseudoTerminal terminal{review.words(), review.variables, 80, 30};
  const std::string bar = "q quit\r\n> ";
  const std::string wide = terminal.wait_for(bar);
  CHECK(widest_line(wide) <= 80);
  CHECK(widest_line(wide) > 50);
  terminal.resize(50, 30);
  const std::string narrow = terminal.wait_for(bar);
  CHECK(holds(narrow, "[1/3] pumps/basel"));
  CHECK(widest_line(narrow) <= 50);
  terminal.resize(120, 30);
  CHECK(widest_line(terminal.wait_for(bar)) > 80);
  terminal.type("q");
  CHECK(terminal.wait_for_end() == 0);
}

TEST_CASE("terminal: a low window shows what has room and says how much more there is") {
  Review review;
  PseudoTerminal terminal{review.words(), review.variables, 80, 14};
  CHECK(holds(terminal.wait_for("q quit\r\n> "), "more lines: v shows all of it"));
  terminal.type("q");
  CHECK(terminal.wait_for_end() == 0);
}

TEST_CASE("terminal: colours are there, and not with NO_COLOR") {
  Review review;
  {
    PseudoTerminal terminal{review.words(), review.variables};
    CHECK(holds(terminal.wait_for("q quit\r\n> "), "\x1b["));
  }
  review.variables["NO_COLOR"] = "1";
  PseudoTerminal terminal{review.words(), review.variables};
  CHECK_FALSE(holds(terminal.wait_for("q quit\r\n> "), "\x1b"));
  terminal.type("q");
  CHECK(terminal.wait_for_end() == 0);
}

TEST_CASE("terminal: Ctrl-C ends the review, and what was decided stands") {
  Review review;
  PseudoTerminal terminal{review.words(), review.variables};
  terminal.wait_for("q quit\r\n> ");
  terminal.type("a");
  terminal.wait_for("q quit\r\n> ");
  SECTION("at a change") {
    terminal.type("\x03");
  }
  SECTION("in a question") {
    terminal.type("r");
    terminal.wait_for("Esc do not reject: ");
    terminal.type("\x03");
  }
  std::string rest;
  CHECK(terminal.wait_for_end(&rest) == 0);
  CHECK(holds(rest, "1 approved, 0 rejected, 2 left"));
  CHECK(review.waiting() == 2);
}

TEST_CASE(
    "terminal: Ctrl-Z stops it with the terminal as it was found, and it goes on with the same change") {
  Review review;
  PseudoTerminal terminal{review.words(), review.variables};
  terminal.wait_for("q quit\r\n> ");
  terminal.type("\x1a");
  CHECK(holds(terminal.wait_for("[stopped]"), "[as found]"));
  terminal.type("\n");
  CHECK(holds(terminal.wait_for("q quit\r\n> "), "[1/3] pumps/basel"));
  terminal.type("a");
  CHECK(holds(terminal.wait_for("q quit\r\n> "), "approved"));
  terminal.type("q");
  CHECK(terminal.wait_for_end() == 0);
}

TEST_CASE("terminal: a window that is closed ends it, and what was decided stands") {
  Review review;
  PseudoTerminal terminal{review.words(), review.variables};
  terminal.wait_for("q quit\r\n> ");
  terminal.type("a");
  terminal.wait_for("q quit\r\n> ");
  terminal.close_terminal();
  CHECK(terminal.wait_for_end() != 127);
  CHECK(review.waiting() == 2);
}

TEST_CASE("terminal: the editor has the terminal while it runs, and Ctrl-C in it is its own") {
  Review review;
  TemporaryFolder folder;
  // Waits for a line at the terminal, and writes it into the file that it is given.
  write_file(folder / "editor",
             "#!/bin/sh\ntrap 'echo interrupted' INT\necho editing\nread line\n[ -n \"$line\" ] || "
             "read line\necho \"$line\" > \"$1\"\n");
  review.variables["EDITOR"] = "/bin/sh " + (folder / "editor");
  PseudoTerminal terminal{review.words(), review.variables};
  terminal.wait_for("q quit\r\n> ");
  terminal.type("e");
  terminal.wait_for("editing");
  terminal.type("\x03");
  terminal.wait_for("interrupted");
  terminal.type("Pumpwerk Basel is a maker.\n");
  CHECK(holds(terminal.wait_for("n leave it: "), "your text:"));
  terminal.type("y");
  CHECK(holds(terminal.wait_for("q quit\r\n> "), "approved as you wrote it"));
  terminal.type("q");
  CHECK(terminal.wait_for_end() == 0);
  review.base.run_ok({"export"});
  CHECK(holds(read_file(review.base.site + "/pumps/basel.md"), "Pumpwerk Basel is a maker."));
}

TEST_CASE("terminal: without one the review refuses at once and names the commands for scripts") {
  Review review;
  const auto refused = review.base.run({"review"}, "a\n");
  CHECK(refused.exit_code == 2);
  CHECK(refused.out.empty());
  CHECK(holds(refused.err, "needs a terminal"));
  CHECK(holds(refused.err, "review list"));
  CHECK(review.waiting() == 3);
}

TEST_CASE("terminal: a list whose reader goes away ends without a word about it") {
  Review review;
  const auto result = run_program(
      {"/bin/sh", "-c", "{ \"$0\" review list --state all --kb \"$1\"; echo \"ended $?\" >&2; } | true",
       STUBKEEPER_PROGRAM, review.base.kb});
  // Whether the reader is gone before the list is written is the system's to decide.
  CHECK((result.err == "ended 0\n" || result.err == "ended 1\n"));
}

TEST_CASE("wide and combining characters take the columns that they take at a terminal") {
  CHECK(cli::display_width("abc") == 3);
  CHECK(cli::display_width("日本") == 4);
  CHECK(cli::display_width("e\u0301") == 1);
  CHECK(cli::truncate_to_width("日本語", 5) == "日本…");
  const auto lines = cli::wrap_styled({{cli::Style::plain, "one two three"}}, 9, "> ", "  ", false);
  CHECK(lines == std::vector<std::string>{"> one two", "  three"});
  const auto long_word = cli::wrap_styled({{cli::Style::plain, "abcdefghij kl"}}, 6, "", "", false);
  CHECK(long_word == std::vector<std::string>{"abcdef", "ghij", "kl"});
  const auto coloured = cli::wrap_styled({{cli::Style::added, "a b"}}, 80, "", "", true);
  CHECK(coloured == std::vector<std::string>{"\x1b[32ma b\x1b[0m"});
}
