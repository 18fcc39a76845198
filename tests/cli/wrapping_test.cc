// Lines of a terminal are broken between words.

#include "cli/terminal/external_programs.h"
#include "cli/terminal/styled_text.h"
#include "tests/support/catch.h"

using namespace stubkeeper::cli;

namespace {

using Lines = std::vector<std::string>;
const std::string address = "https://example.org/a/very/long/address#:~:text=with,words";

}  // namespace

TEST_CASE("a long address can be kept whole on a line of its own") {
  const std::string text = "see " + address + " for it";
  CHECK(wrap_text(text, 20, UrlWrapping::whole) == Lines{"see", address, "for it"});
  for (const std::string& line : wrap_text(text, 20, UrlWrapping::broken)) CHECK(display_width(line) <= 20);
  CHECK(wrap_text("see (" + address + ").", 20, UrlWrapping::whole) == Lines{"see", "(" + address + ")."});
}

TEST_CASE("a long word that is no address is broken within itself") {
  CHECK(wrap_text("abcdefghijkl", 5, UrlWrapping::whole) == Lines{"abcde", "fghij", "kl"});
}

TEST_CASE("lines of a text keep the spaces that they begin with") {
  CHECK(wrap_text("one\n\n    two three four\n", 12, UrlWrapping::whole) ==
        Lines{"one", "", "    two", "    three", "    four"});
}

TEST_CASE("a question is broken between words and else as it was") {
  CHECK(break_at_spaces("approve all of these? y or n: ", 80) == "approve all of these? y or n: ");
  CHECK(break_at_spaces("approve all of these? y or n: ", 15) == "approve all of\nthese? y or n: ");
  CHECK(break_at_spaces("approve all of these? y or n: ", 14) == "approve all of\nthese? y or n:\n");
  CHECK(break_at_spaces("f flagged · u unflagged", 12) == "f flagged ·\nu unflagged");
  CHECK(break_at_spaces("  w write", 4) == "  w\nwrite");
  CHECK(break_at_spaces("", 4).empty());
}

TEST_CASE("a pager is given the line only where it is known to take it") {
  CHECK(pager_command("less -R", 12) == "less -R +12");
  CHECK(pager_command("/usr/bin/more", 12) == "/usr/bin/more +12");
  CHECK(pager_command("bat --plain", 12) == "bat --plain");
  CHECK(pager_command("less", 0) == "less");
}
