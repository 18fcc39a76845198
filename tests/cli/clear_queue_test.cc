// A reviewer who knows nothing of the program clears the demonstration at a terminal, with keys that stand on
// the screen: what is pressed is looked up in what is shown, by its words.

#include <regex>
#include <sstream>

#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "tests/cli/knowledge_base.h"
#include "tests/cli/store_reader.h"
#include "tests/support/catch.h"
#include "tests/support/demonstration.h"
#include "tests/support/ok.h"
#include "tests/support/pseudo_terminal.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

const std::string own_text = "The port has it on its own page.";

// What was decided on a change, as the reviewer remembers it.
struct RecordedDecision {
  std::string verdict;
  std::string reason;
};

class TerminalReviewer {
 public:
  TerminalReviewer(const std::string& kb, const std::string& editor)
      : terminal_({"review", "--kb", kb},
                  {{"TERM", "xterm"}, {"NO_COLOR", "1"}, {"PAGER", "cat"}, {"EDITOR", "/bin/sh " + editor}},
                  80, 50) {
    read_screen();
  }

  const std::string& screen() const { return screen_; }
  bool shows(const std::string& words) const { return screen_.find(words) != std::string::npos; }
  // "[3/17, filtered] path · place", and "change 12 · ..." below it.
  int position() const { return std::stoi(header()[1]); }
  int count() const { return std::stoi(header()[2]); }
  bool is_filtered() const { return header()[3].matched; }
  std::string entry() const { return header()[4]; }
  int change() const { return std::stoi(last_match("\nchange ([0-9]+) · ")[1]); }
  bool is_flagged() const { return item_.find("\nflag ") != std::string::npos; }

  // The key that the screen gives for something; "" where it gives none.
  std::string find_key(const std::string& what) const {
    for (const auto& [key, words] : keys_) {
      if (words.starts_with(what)) return key;
    }
    return "";
  }
  std::vector<std::string> keys() const {
    std::vector<std::string> found;
    for (const auto& [key, words] : keys_) found.push_back(key);
    return found;
  }

  void press(const std::string& what) {
    press_key(what);
    read_screen();
  }
  // Presses what the screen names, and then what the question names that comes of it.
  void press(const std::string& what, const std::string& answer) {
    press_key(what);
    answer_question(answer);
    read_screen();
  }
  // Presses what leads to a line of one's own, and writes it.
  void press_and_write(const std::string& what, const std::string& words) {
    press_key(what);
    terminal_.wait_for(": ");
    terminal_.type(words + "\r");
    read_screen();
  }

  void approve() {
    const int decided = change();
    if (is_flagged()) {
      press("approve", "y");
    } else {
      press("approve");
    }
    CHECK(shows("approved"));
    CHECK(recorded_decisions_.emplace(decided, RecordedDecision{"approve", ""}).second);
    ++approved_;
  }
  void reject(const std::string& usual_reason) {
    const int decided = change();
    press("reject", usual_reason);
    CHECK(shows("rejected"));
    CHECK(recorded_decisions_.emplace(decided, RecordedDecision{"reject", usual_reason}).second);
    ++rejected_;
  }
  void reject_in_own_words(const std::string& reason) {
    const int decided = change();
    press_key("reject");
    answer_question("write your own");
    terminal_.wait_for(": ");
    terminal_.type(reason + "\r");
    read_screen();
    CHECK(recorded_decisions_.emplace(decided, RecordedDecision{"reject", reason}).second);
    ++rejected_;
  }
  void edit() {
    const int decided = change();
    press("edit", "approve your text");
    CHECK(recorded_decisions_.emplace(decided, RecordedDecision{"edit", ""}).second);
    ++approved_;
  }
  // The last decision, of the change that is shown again then.
  void undo_approval() {
    press("undo");
    CHECK(shows("undone"));
    CHECK(recorded_decisions_.erase(change()) == 1);
    --approved_;
  }
  void approve_all_unflagged_of_entry() {
    press_key("all ");
    const std::string listed = answer_question("y");
    const std::regex number{"(?:^|\n)(?:change)? *([0-9]+)  "};
    int count = 0;
    for (std::sregex_iterator found{listed.begin(), listed.end(), number}, end; found != end;
         ++found, ++count)
      CHECK(recorded_decisions_.emplace(std::stoi((*found)[1]), RecordedDecision{"approve", ""}).second);
    CHECK(count > 1);
    approved_ += count;
    read_screen();
  }

  // Ends the sitting; the closing line has to say what the reviewer remembers. Gives what is left.
  int quit() {
    press_key("quit");
    std::string rest;
    CHECK(terminal_.wait_for_end(&rest) == 0);
    std::smatch said;
    INFO(rest);
    REQUIRE(std::regex_search(rest, said, std::regex{"([0-9]+) approved, ([0-9]+) rejected, ([0-9]+) left"}));
    CHECK(std::stoi(said[1]) == approved_);
    CHECK(std::stoi(said[2]) == rejected_);
    CHECK(rest.find("stubkeeper export") != std::string::npos);
    return std::stoi(said[3]);
  }
  const std::map<int, RecordedDecision>& recorded_decisions() const { return recorded_decisions_; }

 private:
  std::smatch last_match(const std::string& pattern) const {
    std::smatch last;
    const std::regex regex{pattern};
    for (std::sregex_iterator found{item_.begin(), item_.end(), regex}, end; found != end; ++found)
      last = *found;
    INFO(item_);
    REQUIRE_FALSE(last.empty());
    return last;
  }
  std::smatch header() const { return last_match("\n\\[([0-9]+)/([0-9]+)(, filtered)?\\] (\\S+)"); }

  static std::string without_returns(std::string text) {
    std::erase(text, '\r');
    return text;
  }
  // "a approve · r reject", or one a line: each key with the words behind it.
  static std::vector<std::pair<std::string, std::string>> keys_in(const std::string& text) {
    std::vector<std::pair<std::string, std::string>> found;
    const std::string pieces = std::regex_replace(text, std::regex{" · "}, "\n");
    std::istringstream lines{pieces};
    for (std::string line; std::getline(lines, line);) {
      std::smatch key;
      // "! approving this publishes it" is no key.
      if (std::regex_match(line, key, std::regex{" *([^\\s!]|Esc) (\\S.*?):? *"}))
        found.emplace_back(key[1], key[2]);
    }
    return found;
  }

  // Waits for the keys below a change, whose last one is to quit.
  void read_screen() {
    screen_ = "\n" + without_returns(terminal_.wait_for("quit\r\n> "));
    // Below the help the change is not shown once more.
    const std::size_t shown = screen_.rfind("\n[");
    if (shown != std::string::npos) item_ = screen_.substr(shown);
    const std::size_t begin = screen_.rfind("\n\n");
    REQUIRE(begin != std::string::npos);
    keys_ = keys_in(screen_.substr(begin));
  }
  void press_key(const std::string& what) {
    const std::string key = find_key(what);
    INFO("no key for \"" << what << "\" on\n" << screen_);
    REQUIRE_FALSE(key.empty());
    terminal_.type(key);
  }
  // Waits for a question that offers this: a yes, or words with their key. Answers it; what was shown with
  // it.
  std::string answer_question(const std::string& answer) {
    const bool yes_or_no = answer == "y" || answer == "n";
    std::string question = terminal_.wait_for(yes_or_no ? "y or n" : answer);
    question += terminal_.wait_for(": ");
    question = without_returns(question);
    if (yes_or_no) {
      terminal_.type(answer);
      return question;
    }
    std::string key;
    for (const auto& [each, words] : keys_in(question)) {
      if (words.starts_with(answer)) key = each;
    }
    INFO("no key for \"" << answer << "\" in\n" << question);
    REQUIRE_FALSE(key.empty());
    terminal_.type(key == "Esc" ? "\x1b" : key);
    return question;
  }

  PseudoTerminal terminal_;
  std::string screen_;  // what was written since the last key
  std::string item_;    // of that, or of an earlier screen, the change that it is about
  std::vector<std::pair<std::string, std::string>> keys_;
  std::map<int, RecordedDecision> recorded_decisions_;
  int approved_ = 0;
  int rejected_ = 0;
};

// The demonstration before anything is decided, with a change of two sentences besides, as a model drafts
// them.
struct Undecided {
  Demonstration demo;
  TemporaryFolder folder;
  std::string editor = folder / "editor";

  Undecided() {
    demo.allow_loopback();
    demo.import_and_add_sources();
    demo.run_ok({"refresh"});
    write_file(editor, "printf '%s\\n' '" + own_text + "' > \"$1\"\n");
    const auto store = ok(kb::Store::open(demo.kb() + "/kb.sqlite"));
    const auto entry = ok(kb::EntryStore{*store}.find("grids/harbour-microgrid"));
    REQUIRE(entry.has_value());
    kb::ChangeFilter of_entry;
    of_entry.path = entry->path;
    const auto waiting = ok(kb::Proposals{*store}.list(of_entry));
    REQUIRE(waiting.size() > 1);
    kb::Proposals::NewChange two;
    two.kind = "add fact";
    two.edit.kind = entries::EditKind::add_to_part;
    two.edit.part = "Key Facts";
    two.place = "Key Facts";
    for (std::size_t i = 0; i < 2; ++i) {
      kb::Citation citation = waiting[i].citations.at(0);
      two.edit.text += "- Told " + std::string(i + 1, 'x') + ": “" + citation.quote + "”\n";
      two.citations.push_back(std::move(citation));
    }
    two.new_text = two.edit.text;
    REQUIRE(ok(kb::Proposals{*store}.propose(1, entry->id, entry->current_revision_id, "by hand, for a test",
                                             SystemClock{}.now(), {}, {two})) != 0);
  }
};

}  // namespace

TEST_CASE("terminal: a reviewer clears twenty changes of the demonstration by what stands on the screen") {
  Undecided undecided;
  const std::string kb = undecided.demo.kb();
  const int all =
      std::stoi(StoreReader{kb}.row("SELECT count(*) AS n FROM change WHERE state = 'waiting'").at("n"));
  std::map<int, RecordedDecision> recorded_decisions;
  int left = 0;
  {
    TerminalReviewer reviewer{kb, undecided.editor};
    CHECK(reviewer.position() == 1);
    CHECK(reviewer.count() == all);
    // Each key that is named has its line in the help.
    const auto named = reviewer.keys();
    CHECK(named.size() >= 13);
    reviewer.press("help");
    for (const std::string& key : named) {
      INFO(key);
      if (key != "?") CHECK(reviewer.shows("\n  " + key + "  "));
    }

    reviewer.approve();
    const int second = reviewer.change();
    reviewer.approve();
    reviewer.undo_approval();
    CHECK(reviewer.change() == second);
    reviewer.approve();

    const int here = reviewer.change();
    reviewer.press("skip");
    CHECK(reviewer.change() != here);
    reviewer.press("back");
    CHECK(reviewer.change() == here);

    reviewer.press("filter", "flagged");
    CHECK(reviewer.is_filtered());
    CHECK(reviewer.count() < all);
    REQUIRE(reviewer.is_flagged());
    const int flagged = reviewer.change();
    reviewer.press("approve", "n");
    CHECK(reviewer.change() == flagged);
    reviewer.approve();
    reviewer.press("filter", "all");
    CHECK_FALSE(reviewer.is_filtered());

    reviewer.reject("not news");
    reviewer.reject_in_own_words("we know that since März");
    reviewer.press("reject", "do not reject");
    reviewer.press("never again", "nothing of it");

    reviewer.press_and_write("search", "Delta Prize");
    CHECK(reviewer.shows("received the Delta Prize"));
    reviewer.press("view");
    CHECK(reviewer.shows("snapshot"));
    reviewer.press("in the entry");
    CHECK(reviewer.shows("title: \"Ines Okafor\""));
    reviewer.approve();

    reviewer.press_and_write("go to", "saltline");
    CHECK(reviewer.entry() == "heat-storage/saltline");
    reviewer.approve_all_unflagged_of_entry();

    reviewer.press_and_write("go to", "harbour");
    CHECK(reviewer.entry() == "grids/harbour-microgrid");
    reviewer.edit();
    while (reviewer.find_key("split").empty()) {
      REQUIRE(reviewer.entry() == "grids/harbour-microgrid");
      reviewer.press("skip");
    }
    const int before = reviewer.count();
    reviewer.press("split");
    CHECK(reviewer.count() == before + 1);
    CHECK(reviewer.shows("Told x:"));
    reviewer.approve();
    CHECK(reviewer.shows("Told xx:"));
    reviewer.reject("badly written");
    left = reviewer.quit();
    recorded_decisions = reviewer.recorded_decisions();
  }
  {
    TerminalReviewer reviewer{kb, undecided.editor};
    CHECK(reviewer.count() == left);
    for (int i = 0; i < 9; ++i) {
      if (i % 3 == 2) {
        reviewer.reject("advertising");
      } else {
        reviewer.approve();
      }
    }
    CHECK(reviewer.quit() == left - 9);
    recorded_decisions.insert(reviewer.recorded_decisions().begin(), reviewer.recorded_decisions().end());
  }
  CHECK(recorded_decisions.size() >= 20);

  // What the reviewer remembers is what the store has, and nothing more.
  const StoreReader store{kb};
  CHECK(store.rows("SELECT 1 FROM change WHERE state IN ('approved', 'rejected')").size() ==
        recorded_decisions.size());
  CHECK(store.rows("SELECT 1 FROM change WHERE state = 'waiting'").size() ==
        static_cast<std::size_t>(left - 9));
  for (const auto& [change, decided] : recorded_decisions) {
    INFO(change);
    const auto row = store.row(
        "SELECT state, verdict, decision.reason AS reason, text FROM change JOIN decision ON change_id = "
        "change.id "
        "WHERE change.id = ? ORDER BY decision.id DESC LIMIT 1",
        {std::to_string(change)});
    CHECK(row.at("state") == (decided.verdict == "reject" ? "rejected" : "approved"));
    CHECK(row.at("verdict") == decided.verdict);
    CHECK(row.at("reason") == decided.reason);
    if (decided.verdict == "edit") CHECK(row.at("text") == own_text);
  }
  CHECK(store.rows("SELECT 1 FROM decision WHERE verdict = 'undo'").size() == 1);
  check_integrity(kb);
}
