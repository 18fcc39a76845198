// Figures as the reasons of the extractive drafter name them: the number with its unit, and nothing else.

#include "llm/extractive/told_figures.h"

#include "tests/support/catch.h"

using namespace stubkeeper::llm;

namespace {

std::vector<std::string> words_of_figures(std::string_view text) {
  std::vector<std::string> words;
  for (const ToldFigure& told : told_figures(text))
    words.push_back((told.is_date ? "date " : "") + told.words);
  return words;
}
using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a figure is told with its currency scale and unit") {
  CHECK(words_of_figures("It costs €9,200 a year.") == Words{"€9,200"});
  CHECK(words_of_figures("It raised €24 million from banks.") == Words{"€24 million"});
  CHECK(words_of_figures("It holds 3.1 MW and lost 9 percent.") == Words{"3.1 MW", "9 percent"});
  CHECK(words_of_figures("It employs 120 people.") == Words{"120 people"});
}

TEST_CASE("a year or a name behind a number is no unit of it") {
  CHECK(words_of_figures("In 2024 Ines Fuchs joined.") == Words{"date 2024"});
  CHECK(words_of_figures("Since 2026 Brickhearth has 64 Finns.") == Words{"date 2026", "64"});
  CHECK(words_of_figures("On 9 July 2026 Loop sold 60 K2 loops.") ==
        Words{"date 9 July 2026", "date 9 July 2026", "60"});
}

TEST_CASE("of several figures the reason names one of something and never a date") {
  CHECK(reason_of_figures(told_figures("On 9 July 2026 it sold 60 to 3 towns.")) == "has a figure (3 towns)");
  CHECK(reason_of_figures(told_figures("It has 60.")) == "has a number (60)");
  CHECK(reason_of_figures(told_figures("It began in 2024 and ended on 3 May 2026.")).empty());
}
