#include "crawler/content.h"
#include "tests/support/catch.h"

using stubkeeper::crawler::likeness;
using stubkeeper::crawler::split_passages;

namespace {

std::vector<std::string> passages(const std::string& text) {
  std::vector<std::string> found;
  for (const auto& range : split_passages(text))
    found.push_back(text.substr(range.begin, range.end - range.begin));
  return found;
}

}  // namespace

TEST_CASE("passages are the blocks between empty lines") {
  CHECK(passages("# A\n\nOne.\n\nTwo\nlines.") == std::vector<std::string>{"# A", "One.", "Two\nlines."});
  CHECK(passages("One.\r\n\r\nTwo.\r\n") == std::vector<std::string>{"One.", "Two."});
  CHECK(passages("One.\n \t \nTwo.") == std::vector<std::string>{"One.", "Two."});
  CHECK(passages("") == std::vector<std::string>{});
  CHECK(passages("\n\n \n\n") == std::vector<std::string>{});
  CHECK(passages("\n\n\nOne.\n\n\n\nTwo.\n\n") == std::vector<std::string>{"One.", "Two."});
}

TEST_CASE("a form feed between pages is in no passage") {
  CHECK(passages("Page one.\n\n\f\n\nPage two.") == std::vector<std::string>{"Page one.", "Page two."});
}

TEST_CASE("a million lines are split in one go") {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "\n ";
  CHECK(split_passages(text).empty());
}

TEST_CASE("case, white space and punctuation at the ends are no news") {
  CHECK(likeness("Corintis raised  money.") == likeness("corintis RAISED\nmoney"));
  CHECK(likeness("STRASSE") == likeness("Straße"));
  CHECK(likeness("- An item") == likeness("An item;"));
  CHECK(likeness("“Quoted”") == likeness("Quoted"));
  CHECK(likeness("up 5%") != likeness("up 5"));
}

TEST_CASE("dates and times are no news") {
  CHECK(likeness("Updated May 7, 2026 at 9:30 am") == likeness("Updated June 19, 2026 at 11:05 pm"));
  CHECK(likeness("Price as of 2026-05-07: low") == likeness("Price as of 2026-05-08: low"));
  CHECK(likeness("Posted 3 hours ago by Ann") == likeness("Posted 2 days ago by Ann"));
  CHECK(likeness("Doors open 18:30 UTC") == likeness("Doors open 19:00 UTC"));
  CHECK(likeness("7 May 2026").empty());
}

TEST_CASE("bare counters are no news") {
  CHECK(likeness("1,204 comments") == likeness("1,311 comments"));
  CHECK(likeness("Comments (12)") == likeness("Comments (13)"));
  CHECK(likeness("5 min read") == likeness("6 min read"));
  CHECK(likeness("17").empty());
}

TEST_CASE("a changed figure in a sentence is news") {
  CHECK(likeness("Corintis raised $24 million.") != likeness("Corintis raised $30 million."));
  CHECK(likeness("The plant employs 400 people.") != likeness("The plant employs 450 people."));
  CHECK(likeness("It opens in May 2026.") != likeness("It opens in June 2027."));
  CHECK(likeness("On Tuesday the fund said that it had sold 4,000 shares.") !=
        likeness("On Tuesday the fund said that it had sold 9,000 shares."));
  CHECK(likeness("It takes 3 hours to charge.") != likeness("It takes 2 hours to charge."));
  CHECK(likeness("Version 2.1 is out.") != likeness("Version 2.2 is out."));
}

TEST_CASE("invalid bytes have a likeness too") {
  CHECK(likeness("a\xFF\xFE b") == likeness("A\xFF\xFE  B"));
}
