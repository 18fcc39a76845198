// The review among the other programs of a terminal: in a pane of tmux, and with less as its pager.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sstream>

#include "cli/terminal/styled_text.h"
#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"
#include "tests/support/pseudo_terminal.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

// Three changes of one entry wait.
struct Review {
  TestKnowledgeBase base;

  Review() {
    base.add_stub("pumps/basel", "Pumpwerk Basel", page_about("Pumpwerk Basel"));
    base.run_ok({"refresh"});
  }
  std::vector<std::string> words() const { return {"review", "--kb", base.kb}; }
  std::string states() const { return query_rows(base.kb, "SELECT state FROM change ORDER BY id"); }
};

bool holds(const std::string& text, const std::string& words) {
  return text.find(words) != std::string::npos;
}

// stubkeeper in a pane of a tmux server of its own, which nobody is attached to. The server ends with it.
class TmuxPane {
 public:
  TmuxPane(const std::vector<std::string>& arguments, int columns, int rows) {
    const std::string written = folder_ / "written";
    REQUIRE(mkfifo(written.c_str(), 0600) == 0);
    // The program begins when its output is listened to.
    std::vector<std::string> words{"new-session",
                                   "-d",
                                   "-x",
                                   std::to_string(columns),
                                   "-y",
                                   std::to_string(rows),
                                   "/bin/sh",
                                   "-c",
                                   "read -r begin; \"$@\"; echo \"ended with $?\"; read -r end",
                                   "sh"};
    for (const std::string& word : stubkeeper_command(arguments)) words.push_back(word);
    tmux(words);
    tmux({"pipe-pane", "exec cat > '" + written + "'"});
    written_ = open(written.c_str(), O_RDONLY | O_CLOEXEC);
    REQUIRE(written_ >= 0);
    send("Enter");
  }
  ~TmuxPane() {
    run_program(words_of({"kill-server"}));
    if (written_ >= 0) close(written_);
  }
  TmuxPane(const TmuxPane&) = delete;
  TmuxPane& operator=(const TmuxPane&) = delete;

  void send(const std::string& key) { tmux({"send-keys", key}); }
  void resize(int columns, int rows) {
    tmux({"resize-window", "-x", std::to_string(columns), "-y", std::to_string(rows)});
  }
  std::string screen(const std::vector<std::string>& options = {}) {
    std::vector<std::string> words{"capture-pane", "-p"};
    words.insert(words.end(), options.begin(), options.end());
    return tmux(words);
  }
  // The screen, once the words stand on it with the question behind them: looked at again whenever something
  // more was written to it. Fails the test where nothing more can come.
  std::string wait_for(const std::string& words, const std::string& question = "q quit\n>") {
    for (;;) {
      const std::string shown = screen();
      const std::size_t at = shown.find(words);
      if (at != std::string::npos && shown.find(question, at) != std::string::npos) return shown;
      char more[4096];
      const ssize_t count = read(written_, more, sizeof more);
      INFO("waiting for " << words << " at\n" << shown);
      REQUIRE(count > 0);
    }
  }

 private:
  std::vector<std::string> words_of(const std::vector<std::string>& command) const {
    // -u: UTF-8, whatever the locale of the machine is; no one's own configuration.
    std::vector<std::string> words{"tmux", "-u", "-f", "/dev/null", "-S", folder_ / "socket"};
    words.insert(words.end(), command.begin(), command.end());
    return words;
  }
  std::string tmux(const std::vector<std::string>& command) const {
    const auto result = run_program(words_of(command));
    INFO(command.front() << ": " << result.out << result.err);
    REQUIRE(result.exit_code == 0);
    return result.out;
  }

  TemporaryFolder folder_;
  int written_ = -1;
};

}  // namespace

TEST_CASE("in tmux the review shows each change, decides at a key and follows the width of the pane") {
  Review review;
  TmuxPane pane{review.words(), 80, 24};
  const std::string first = pane.wait_for("[1/3] pumps/basel");
  CHECK(holds(first, "Pumpwerk Basel is a maker of pumps in Basel with 120 employees."));
  CHECK(holds(pane.screen({"-e"}), "\x1b["));
  pane.send("a");
  CHECK(holds(pane.wait_for("[2/3] pumps/basel"), "approved: revision 2"));

  pane.resize(44, 24);
  pane.send("s");
  // No word of the keys is broken at the edge of the pane.
  CHECK(holds(pane.wait_for("[3/3] pumps/basel", "a approve · r reject · e edit · s skip\n"),
              "n never again · p in the entry\n"));
  pane.resize(80, 24);

  // Its last words, as it may be broken for the pane that was narrow when it was asked.
  const std::string question = "not reject:";
  pane.send("r");
  pane.wait_for("why?", question);
  pane.send("Escape");
  pane.wait_for("not rejected");
  pane.send("r");
  pane.wait_for("why?", question);
  pane.send("1");
  pane.wait_for("rejected: not news", "q quit:");
  pane.send("q");
  pane.wait_for("1 approved, 1 rejected, 1 left", "ended with 0");
  CHECK(review.states() == "approved|\nwaiting|\nrejected|\n");
}

TEST_CASE("less has the terminal and its keys to itself while it shows a change, and gives both back") {
  Review review;
  // No PAGER: less is the one that is taken.
  PseudoTerminal terminal{review.words(), {{"TERM", "xterm"}, {"NO_COLOR", "1"}}, 80, 12};
  const std::string bar = "q quit\r\n> ";
  terminal.wait_for(bar);
  terminal.type("v");
  terminal.wait_for("review-page.txt");
  // The end, and what would be decisions at the review.
  terminal.type("G");
  terminal.wait_for("(END)");
  terminal.type("rAq");
  terminal.wait_for(bar);
  CHECK(review.states() == "waiting|\nwaiting|\nwaiting|\n");
  terminal.type("a");
  CHECK(holds(terminal.wait_for(bar), "[2/3]"));
  terminal.type("q");
  CHECK(terminal.wait_for_end() == 0);
  CHECK(review.states() == "approved|\nwaiting|\nwaiting|\n");
}

TEST_CASE("a conflict is shown and settled within 80 columns at a real terminal") {
  TestKnowledgeBase base;
  const std::string file = base.site + "/pumps/pump.md";
  const auto make_page_with = [](const std::string& words) {
    std::string text = "## Summary\n\n";
    for (int i = 0; i < 12; ++i) text += words + " ";
    return text + "\n";
  };
  write_file(file, make_page_with("First words, as they were."));
  base.run_ok({"import", base.site});
  write_file(file, make_page_with("Second words, which go on."));
  base.run_ok({"export"});
  base.run_ok({"revert", "pumps/pump", "1"});
  write_file(file, make_page_with("Words by hand, at some length."));
  REQUIRE(base.run({"export"}).exit_code == 3);

  PseudoTerminal terminal{{"review", "--kb", base.kb}, {{"TERM", "xterm"}, {"PAGER", "cat"}}, 80, 40};
  const std::string bar = "q quit\r\n> ";
  const std::string shown = terminal.wait_for(bar);
  for (const char* words : {"[conflict 1/1]", "First words", "Second words", "Words by hand"})
    CHECK(holds(shown, words));
  terminal.type("?");
  const std::string help = terminal.wait_for(bar);
  CHECK(holds(help, "keep what your file says"));
  for (const std::string& part : {shown, help}) {
    std::istringstream lines{part};
    for (std::string line; std::getline(lines, line);) {
      while (line.ends_with('\r')) line.pop_back();
      INFO(line);
      CHECK(cli::display_width(line) <= 80);
    }
  }
  terminal.type("d");
  CHECK(holds(terminal.wait_for("q quit: "), "what your file says is kept"));
  terminal.type("q");
  CHECK(terminal.wait_for_end() == 0);
  base.run_ok({"export"});
  CHECK(read_file(file) == make_page_with("Words by hand, at some length."));
  CHECK(query_rows(base.kb, "SELECT verdict, decided_by FROM conflict") == "disk|jane|\n");
}
