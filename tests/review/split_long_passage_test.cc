#include "review/task.h"

#include <numeric>

#include "base/text/utf8.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::review;

namespace {

using Pieces = std::vector<std::string_view>;

}  // namespace

TEST_CASE("a short passage is one piece") {
  CHECK(split_long_passage("Short.", 20) == Pieces{"Short."});
  CHECK(split_long_passage("", 20) == Pieces{""});
}

TEST_CASE("a long passage is cut behind sentences else behind words") {
  CHECK(split_long_passage("One two. Three four. Five.", 22) == Pieces{"One two. Three four. ", "Five."});
  CHECK(split_long_passage("one two three four five", 12) == Pieces{"one two ", "three four ", "five"});
}

TEST_CASE("pieces are never longer than asked for and together are the passage") {
  std::string text;
  for (int i = 0; i < 400; ++i)
    text += i % 7 == 0 ? "\xE7\x86\xB1\xE7\x86\xB1\xE7\x86\xB1" : i % 5 == 0 ? "end. " : "word ";
  text += std::string(100, 'x');
  for (const std::size_t most : {8U, 9U, 10U, 50U, 1000U}) {
    const auto pieces = split_long_passage(text, most);
    std::string joined;
    for (const std::string_view piece : pieces) {
      CHECK(piece.size() <= most);
      CHECK_FALSE(first_invalid_utf8(piece));
      joined += piece;
    }
    CHECK(joined == text);
  }
}
