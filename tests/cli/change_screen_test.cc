// A change on the smallest screen that terminals begin with: what decides is seen.

#include "cli/terminal/change_screen.h"

#include <sstream>

#include "cli/terminal/item_view.h"
#include "entries/conventions.h"
#include "review/change_kinds.h"
#include "tests/cli/stream_terminal.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::testing;

namespace {

struct SmallScreen : cli::Keyboard {
  cli::Key next() override { return {}; }
  cli::ScreenSize size() override { return {80, 24}; }
  void suspend_while(const std::function<void()>& run) override { run(); }
};

// A long change with these flags.
review::ReviewItem long_item(const std::string& kind, const std::vector<std::string>& flags) {
  review::ReviewItem item;
  item.change.id = 12;
  item.change.kind = kind;
  item.consequence = review::describe_consequence(kind, entries::built_in_conventions().style);
  item.change.place = "Notable Developments";
  item.entry_path = "pumps/tidewell";
  item.drafter = "a model";
  entries::BlockDifference block;
  block.kind = entries::BlockDifference::Kind::added;
  std::string text;
  for (int i = 0; i < 300; ++i) text += "words ";
  block.runs.push_back({entries::WordRun::Kind::added, text});
  item.difference.push_back(block);
  for (const std::string& name : flags) {
    item.change.flags.emplace_back();
    item.change.flags.back().name = name;
    item.change.flags.back().detail = "a detail that takes a good part of a line of its own on the screen";
  }
  review::ItemQuote quote;
  quote.context.quote = "the quoted words";
  item.quotes.push_back(quote);
  return item;
}

std::string shown(const review::ReviewItem& item) {
  StreamTerminal terminal;
  terminal.variables["NO_COLOR"] = "1";
  cli::Environment environment{
      terminal.in,    terminal.out,          terminal.err, true,   true,         true, 80, terminal.clock,
      terminal.files, terminal.subprocesses, "/",          "jane", "stubkeeper", {},   {}, {}};
  environment.variable = [](const std::string&) { return "1"; };
  SmallScreen keyboard;
  cli::ChangeScreen{environment, keyboard}.show(item, "1/9", 0);
  return terminal.out.str();
}

}  // namespace

TEST_CASE("the ids of the flags stand in the header of a screen of 80 by 24, however long the change is") {
  const std::string screen = shown(long_item("add fact", {"contradicts", "hype", "old-source"}));
  INFO(screen);
  CHECK(screen.find(
            "[1/9] pumps/tidewell · Notable Developments\n! 3 flags: contradicts, hype, old-source\n") !=
        std::string::npos);
  CHECK(screen.find("more lines: v shows all of it") != std::string::npos);
  CHECK(std::count(screen.begin(), screen.end(), '\n') <= 24);
  CHECK(shown(long_item("add fact", {"hype"})).find("\n! 1 flag: hype\n") != std::string::npos);
  CHECK(shown(long_item("add fact", {})).find("flag") == std::string::npos);
}

TEST_CASE("flags stand before quotes, and resolved ones are in no header") {
  auto item = long_item("add fact", {"hype", "old-source"});
  item.change.flags[1].resolved_at = Timestamp{};
  std::string text;
  for (const std::string& line : cli::item_lines(item, {80, false})) text += line + "\n";
  CHECK(text.find("(hype)") < text.find(">the quoted words<"));
  CHECK(shown(item).find("! 1 flag: hype\n") != std::string::npos);
}

TEST_CASE("what an approval does stands at the keys, by the kind of change") {
  CHECK(shown(long_item("add fact", {})).find("a approve: adds it to the facts") != std::string::npos);
  const std::string contradiction = shown(long_item("note contradiction", {}));
  INFO(contradiction);
  CHECK(contradiction.find("a keep: keeps the line as it is; does not mark the entry as reviewed\n") !=
        std::string::npos);
  CHECK(contradiction.find("a keep · r reject · e correct · ") != std::string::npos);
}

TEST_CASE("a change that an approval makes outdated is named at the keys") {
  auto item = long_item("replace block", {});
  item.dependents.push_back({kb::Dependent::Kind::outdates, 13, "pumps/tidewell", "other words",
                             "the words that it would change were changed since"});
  const std::string screen = shown(item);
  INFO(screen);
  CHECK(screen.find("! approving this makes change 13 outdated: the words that it would change") !=
        std::string::npos);
  CHECK(std::count(screen.begin(), screen.end(), '\n') <= 24);
}
