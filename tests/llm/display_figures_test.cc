// Figures as the reasons of the extractive drafter name them: the number with its unit, and nothing else.

#include "llm/extractive/display_figures.h"

#include "tests/support/catch.h"

using namespace stubkeeper::llm;

namespace {

std::vector<std::string> display_texts(std::string_view text) {
  std::vector<std::string> words;
  for (const DisplayFigure& told : find_display_figures(text))
    words.push_back((told.is_date ? "date " : "") + told.words);
  return words;
}
using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a figure is told with its currency scale and unit") {
  CHECK(display_texts("It costs €9,200 a year.") == Words{"€9,200"});
  CHECK(display_texts("It raised €24 million from banks.") == Words{"€24 million"});
  CHECK(display_texts("It holds 3.1 MW and lost 9 percent.") == Words{"3.1 MW", "9 percent"});
  CHECK(display_texts("It employs 120 people.") == Words{"120 people"});
}

TEST_CASE("a year or a name behind a number is no unit of it") {
  CHECK(display_texts("In 2024 Ines Fuchs joined.") == Words{"date 2024"});
  CHECK(display_texts("Since 2026 Brickhearth has 64 Finns.") == Words{"date 2026", "64"});
  CHECK(display_texts("On 9 July 2026 Loop sold 60 K2 loops.") ==
        Words{"date 9 July 2026", "date 9 July 2026", "60"});
}

TEST_CASE("of several figures the reason names one of something and never a date") {
  CHECK(describe_figures(find_display_figures("On 9 July 2026 it sold 60 to 3 towns.")) == "has a figure (3 towns)");
  CHECK(describe_figures(find_display_figures("It has 60.")) == "has a number (60)");
  CHECK(describe_figures(find_display_figures("It began in 2024 and ended on 3 May 2026.")).empty());
}
