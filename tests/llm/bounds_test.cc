// Figures and dates behind "more than", "up to", "before": read as a person reads them.
#include "llm/verification/figures.h"
#include "tests/llm/verification_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper::llm;
using namespace stubkeeper::llm::testing;

TEST_CASE("the words beside a figure give its bound") {
  for (const auto& [text, bound] :
       std::vector<std::pair<std::string, Bound>>{{"more than 400 customers", Bound::more},
                                                  {"over $400 million", Bound::more},
                                                  {"at least 400 customers", Bound::at_least},
                                                  {"no fewer than 400 customers", Bound::at_least},
                                                  {"no more than 400 customers", Bound::at_most},
                                                  {"up to 400 customers", Bound::at_most},
                                                  {"under a total of 400 customers", Bound::less},
                                                  {"about 400 customers", Bound::about},
                                                  {"nearly four hundred customers", Bound::about},
                                                  {"sold more. 400 customers", Bound::exact},
                                                  {"400 customers", Bound::exact}}) {
    INFO(text);
    const auto figures = find_stated_figures(text);
    REQUIRE_FALSE(figures.empty());
    CHECK(figures[0].bound == bound);
  }
}

TEST_CASE("a bound is borne out by a figure within it") {
  for (const auto& [text, quote] : std::vector<std::pair<std::string, std::string>>{
           {"Saltline has more than 400 customers.", "Saltline has 450 customers."},
           {"Saltline has over 400 customers.", "Saltline has more than 450 customers."},
           {"Saltline has over 400 customers.", "Saltline has over 400 customers."},
           {"Saltline has at least 400 customers.", "Saltline has 400 customers."},
           {"Saltline has fewer than 500 customers.", "Saltline has 450 customers."},
           {"Saltline has up to 450 customers.", "Saltline has 450 customers."},
           {"Saltline has fewer than 460 customers.", "Saltline has over 450 customers."},
           {"Saltline has about 450 customers.", "Saltline has 447 customers."},
           {"The works cost more than $1 billion.", "The works cost $1,150 million."}}) {
    INFO(text << " / " << quote);
    CHECK(flags_of(text, quote) == std::vector<std::string>{});
  }
}

TEST_CASE("a figure outside of its bound is flagged") {
  for (const auto& [text, quote] : std::vector<std::pair<std::string, std::string>>{
           {"Saltline has more than 400 customers.", "Saltline has 350 customers."},
           {"Saltline has more than 400 customers.", "Saltline has 400 customers."},
           {"Saltline has more than 400 customers.", "Saltline has fewer than 400 customers."},
           {"Saltline has fewer than 500 customers.", "Saltline has more than 100 customers."},
           {"Saltline has fewer than 400 customers.", "Saltline has more than 400 customers."},
           {"Saltline has up to 400 customers.", "Saltline has 450 customers."},
           {"Saltline has about 400 customers.", "Saltline has 900 customers."},
           {"Saltline has more than 400 customers.", "Saltline has 450 tanks and 12 customers."}}) {
    INFO(text << " / " << quote);
    CHECK(has(flags_of(text, quote), "number-not-in-quote"));
  }
}

TEST_CASE("a year behind before or after is held against the years of the quotes") {
  const std::string quote = "Saltline opened its works in 2014.";
  CHECK_FALSE(has(flags_of("Saltline opened its works before 2015.", quote), "date-not-in-quote"));
  CHECK_FALSE(has(flags_of("Saltline opened its works after 2012.", quote), "date-not-in-quote"));
  CHECK(has(flags_of("Saltline opened its works after 2015.", quote), "date-not-in-quote"));
  CHECK(has(flags_of("Saltline opened its works before 2012.", quote), "date-not-in-quote"));
}

TEST_CASE("a bound of the entry is not contradicted by a figure within it") {
  const auto contradicts = [](const std::string& entry, const std::string& text) {
    TestTask given{"---\ntitle: \"Saltline\"\n---\n\n## Key Facts\n\n- " + entry + "\n"};
    given.passage(text);
    return has(given.flags(text, {"p1: " + text}), "contradicts");
  };
  CHECK_FALSE(contradicts("Saltline has more than 400 customers.", "Saltline has 450 customers."));
  CHECK_FALSE(contradicts("Saltline has about 440 customers.", "Saltline has 450 customers."));
  CHECK(contradicts("Saltline has more than 500 customers.", "Saltline has 450 customers."));
  CHECK(contradicts("Saltline has up to 400 customers.", "Saltline has 450 customers."));
}
