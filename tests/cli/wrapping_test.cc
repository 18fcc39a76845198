// Lines of a terminal are broken between words.

#include <array>

#include "cli/terminal/command_at_line.h"
#include "cli/terminal/styled_text.h"
#include "tests/support/catch.h"

using namespace stubkeeper::cli;

namespace {

using Lines = std::vector<std::string>;
const std::string address = "https://example.org/a/very/long/address#:~:text=with,words";

}  // namespace

TEST_CASE("a long address can be kept whole on a line of its own") {
  const std::string text = "see " + address + " for it";
  CHECK(wrapped_lines(text, 20, Addresses::whole) == Lines{"see", address, "for it"});
  for (const std::string& line : wrapped_lines(text, 20, Addresses::broken)) CHECK(width_of(line) <= 20);
  CHECK(wrapped_lines("see (" + address + ").", 20, Addresses::whole) == Lines{"see", "(" + address + ")."});
}

TEST_CASE("a long word that is no address is broken within itself") {
  CHECK(wrapped_lines("abcdefghijkl", 5, Addresses::whole) == Lines{"abcde", "fghij", "kl"});
}

TEST_CASE("lines of a text keep the spaces that they begin with") {
  CHECK(wrapped_lines("one\n\n    two three four\n", 12, Addresses::whole) ==
        Lines{"one", "", "    two", "    three", "    four"});
}

TEST_CASE("a question is broken between words and else as it was") {
  CHECK(broken_at_spaces("approve all of these? y or n: ", 80) == "approve all of these? y or n: ");
  CHECK(broken_at_spaces("approve all of these? y or n: ", 15) == "approve all of\nthese? y or n: ");
  CHECK(broken_at_spaces("approve all of these? y or n: ", 14) == "approve all of\nthese? y or n:\n");
  CHECK(broken_at_spaces("f flagged · u unflagged", 12) == "f flagged ·\nu unflagged");
  CHECK(broken_at_spaces("  w write", 4) == "  w\nwrite");
  CHECK(broken_at_spaces("", 4).empty());
}

TEST_CASE("a pager is given the line only where it is known to take it") {
  static constexpr std::array takers = std::to_array<std::string_view>({"less", "more"});
  CHECK(command_at_line("less -R", 12, takers) == "less -R +12");
  CHECK(command_at_line("/usr/bin/more", 12, takers) == "/usr/bin/more +12");
  CHECK(command_at_line("bat --plain", 12, takers) == "bat --plain");
  CHECK(command_at_line("less", 0, takers) == "less");
}
