#include "crawler/passages.h"
#include "tests/support/catch.h"

using stubkeeper::crawler::normalized_passage;
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
  CHECK(normalized_passage("Corintis raised  money.") == normalized_passage("corintis RAISED\nmoney"));
  CHECK(normalized_passage("STRASSE") == normalized_passage("Straße"));
  CHECK(normalized_passage("- An item") == normalized_passage("An item;"));
  CHECK(normalized_passage("“Quoted”") == normalized_passage("Quoted"));
  CHECK(normalized_passage("up 5%") != normalized_passage("up 5"));
}

TEST_CASE("dates and times are no news") {
  CHECK(normalized_passage("Updated May 7, 2026 at 9:30 am") == normalized_passage("Updated June 19, 2026 at 11:05 pm"));
  CHECK(normalized_passage("Price as of 2026-05-07: low") == normalized_passage("Price as of 2026-05-08: low"));
  CHECK(normalized_passage("Posted 3 hours ago by Ann") == normalized_passage("Posted 2 days ago by Ann"));
  CHECK(normalized_passage("Doors open 18:30 UTC") == normalized_passage("Doors open 19:00 UTC"));
  CHECK(normalized_passage("7 May 2026").empty());
}

TEST_CASE("bare counters are no news") {
  CHECK(normalized_passage("1,204 comments") == normalized_passage("1,311 comments"));
  CHECK(normalized_passage("Comments (12)") == normalized_passage("Comments (13)"));
  CHECK(normalized_passage("5 min read") == normalized_passage("6 min read"));
  CHECK(normalized_passage("17").empty());
}

TEST_CASE("a changed figure in a sentence is news") {
  CHECK(normalized_passage("Corintis raised $24 million.") != normalized_passage("Corintis raised $30 million."));
  CHECK(normalized_passage("The plant employs 400 people.") != normalized_passage("The plant employs 450 people."));
  CHECK(normalized_passage("It opens in May 2026.") != normalized_passage("It opens in June 2027."));
  CHECK(normalized_passage("On Tuesday the fund said that it had sold 4,000 shares.") !=
        normalized_passage("On Tuesday the fund said that it had sold 9,000 shares."));
  CHECK(normalized_passage("It takes 3 hours to charge.") != normalized_passage("It takes 2 hours to charge."));
  CHECK(normalized_passage("Version 2.1 is out.") != normalized_passage("Version 2.2 is out."));
}

TEST_CASE("invalid bytes have a likeness too") {
  CHECK(normalized_passage("a\xFF\xFE b") == normalized_passage("A\xFF\xFE  B"));
}
