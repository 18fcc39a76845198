// What the new text says and its quotes do not: each flag with what raises it and what nearly does.
#include "base/text/dates.h"
#include "llm/verification/figures.h"
#include "llm/verification/names.h"
#include "llm/verification/stance.h"
#include "tests/llm/verification_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::llm::testing;
using Names = std::vector<std::string>;

namespace {

// A figure as "number currency unit".
std::string figure(const std::string& text) {
  const auto figures = find_stated_figures(text);
  if (figures.empty()) return "(none)";
  return figures[0].number + " " + figures[0].currency + " " + figures[0].unit;
}

std::vector<std::string> dates(const std::string& text) {
  std::vector<std::string> found;
  for (const DateMention& mention : find_dates(text)) found.push_back(mention.date);
  return found;
}

}  // namespace

TEST_CASE("one amount is the same in all the ways in which it is written") {
  for (const char* text :
       {"$24 million", "$24M", "US$24m", "24 million US dollars", "USD 24 million", "24,000,000 dollars",
        "twenty-four million dollars", "$24.0 million", "$0.024 billion", "24 million USD", "$24mn"}) {
    INFO(text);
    CHECK(figure(text) == "24000000 $ ");
  }
  CHECK(figure("\xE2\x82\xAC"
               "18 million") == figure("18 million euros"));
  CHECK(figure("EUR 18m") == figure("\xE2\x82\xAC"
                                    "18 million"));
  CHECK(figure("\xC2\xA3"
               "1.5bn") == figure("1,500 million pounds"));
  CHECK(figure("24 million Canadian dollars") == figure("C$24 million"));
  CHECK(figure("C$24 million") != figure("$24 million"));
}

TEST_CASE("separators and units are read whatever their form") {
  CHECK(figure("6,300 tonnes") == "6300  t");
  CHECK(figure("6 300 tonnes") == "6300  t");
  CHECK(figure("6'300 t") == "6300  t");
  CHECK(figure("1.100.000 tonnes") == "1100000  t");
  CHECK(figure("3,5 MW") == "3.5  mw");
  CHECK(figure("95 percent") == "95  %");
  CHECK(figure("95 per cent") == "95  %");
  CHECK(figure("95%") == "95  %");
  CHECK(figure("5 percentage points") == "5  pp");
  CHECK(figure("40 megawatt-hours") == figure("40 MWh"));
  CHECK(figure("400 Wh/kg") == "400  wh/kg");
  CHECK(figure("140 kW/rack") == "140  kw/rack");
  CHECK(figure("-5 \xC2\xB0"
               "C") ==
        "-5  \xC2\xB0"
        "c");
  CHECK(figure("three plants") == "3  plants");
  CHECK(figure("two dozen") == "2  dozen");
  CHECK(figure("31 staff") == figure("31 employees"));
  CHECK(figure("one of the H100 cards") == "(none)");
  CHECK(figure("on 7 May 2026") == "(none)");
}

TEST_CASE("both ends of a range have its unit") {
  for (const char* text : {"10\xE2\x80\x93"
                           "20 MW",
                           "10-20 MW", "10 to 20 MW", "between 10 and 20 MW"}) {
    INFO(text);
    const auto figures = find_stated_figures(text);
    REQUIRE(figures.size() == 2);
    CHECK(figures[0].unit == "mw");
    CHECK(figures[1].unit == "mw");
  }
  const auto money = find_stated_figures("$10-20 million");
  REQUIRE(money.size() == 2);
  CHECK(money[0].number == "10000000");
  CHECK(money[1].currency == "$");
}

TEST_CASE("number-not-in-quote: another figure, not another way to write it") {
  const std::string quote = "Saltline raised $24 million and has three works with 1,200 people.";
  CHECK(has(flags_of("Saltline raised $25 million.", quote), "number-not-in-quote"));
  CHECK(has(flags_of("Saltline has four works.", quote), "number-not-in-quote"));
  CHECK_FALSE(has(flags_of("Saltline raised US$24M.", quote), "number-not-in-quote"));
  CHECK_FALSE(has(flags_of("Saltline has 3 works with 1200 people.", quote), "number-not-in-quote"));
  CHECK_FALSE(has(flags_of("Saltline raised 24m dollars.", quote), "number-not-in-quote"));
}

TEST_CASE("a number that stands in the title or in the block that is replaced is no new one") {
  TestTask given{"---\ntitle: \"Saltline\"\n---\n\nSaltline has 31 employees and 14 tanks.\n"};
  given.passage("Saltline has 45 employees.").source_title = "The 500 makers of heat";
  const std::string block = given.task.entry.ids.at(2);
  CHECK_FALSE(has(given.flags(replacement(block, "Saltline, one of 500, has 45 employees and 14 tanks.\n",
                                          {"p1: Saltline has 45 employees."})),
                  "number-not-in-quote"));
  CHECK(has(given.flags(replacement(block, "Saltline has 45 employees and 15 tanks.\n",
                                    {"p1: Saltline has 45 employees."})),
            "number-not-in-quote"));
}

TEST_CASE("unit-not-in-quote: another unit or scale, not another name of it") {
  const std::string quote =
      "The store holds 40 MWh, costs $3 million and saves 5 per cent; 31 full-time employees run it.";
  CHECK(has(flags_of("It holds 40 GWh.", quote), "unit-not-in-quote"));
  CHECK(has(flags_of("It costs $3 billion.", quote), "unit-not-in-quote"));
  CHECK(has(flags_of("It saves 5 percentage points.", quote), "unit-not-in-quote"));
  CHECK(has(flags_of("31 tanks run it.", quote), "unit-not-in-quote"));
  CHECK_FALSE(has(flags_of("It holds 40 megawatt-hours.", quote), "unit-not-in-quote"));
  CHECK_FALSE(has(flags_of("It saves 5%.", quote), "unit-not-in-quote"));
  CHECK_FALSE(has(flags_of("31 employees run it.", quote), "unit-not-in-quote"));
}

TEST_CASE("currency-not-in-quote: another currency, not another name of it") {
  const std::string quote =
      "The round brought in \xE2\x82\xAC"
      "18 million and 40 orders.";
  CHECK(has(flags_of("It brought in $18 million.", quote), "currency-not-in-quote"));
  CHECK(has(flags_of("It brought in 18 million.", quote), "currency-not-in-quote"));
  CHECK_FALSE(has(flags_of("It brought in EUR 18 million.", quote), "currency-not-in-quote"));
  CHECK_FALSE(has(flags_of("It brought in 18 million euros.", quote), "currency-not-in-quote"));
  CHECK_FALSE(has(flags_of("It brought in 40 orders.", quote), "currency-not-in-quote"));
}

TEST_CASE("dates are read in the forms in which they are written") {
  for (const char* text : {"2026-05-07", "May 7, 2026", "May 7th, 2026", "7 May 2026", "7th of May 2026",
                           "07.05.2026", "2026/05/07", "13/05/2026 07.05.2026"}) {
    INFO(text);
    CHECK(has(dates(text), "2026-05-07"));
  }
  CHECK(dates("Sept. 2026") == Names{"2026-09"});
  CHECK(dates("in the second quarter of 2026") == Names{"2026-Q2"});
  CHECK(dates("H1 2026") == Names{"2026-H1"});
  CHECK(dates("on 7 May") == Names{"--05-07"});
  CHECK(dates("it may 7 times").empty());
  CHECK(dates("Route 2026-99").empty());
  CHECK(find_dates("05/07/2026").at(0).alternative_date == "2026-07-05");
}

TEST_CASE("date-not-in-quote: another day or month or year, not a coarser one of the same") {
  const std::string quote = "Saltline opened its works on 7 April 2026.";
  CHECK(has(flags_of("It opened on 8 April 2026.", quote), "date-not-in-quote"));
  CHECK(has(flags_of("It opened in May 2025.", quote), "date-not-in-quote"));
  CHECK(has(flags_of("It opened in 2025.", quote), "date-not-in-quote"));
  CHECK(has(flags_of("It opened in Q3 2026.", quote), "date-not-in-quote"));
  CHECK_FALSE(has(flags_of("It opened on April 7, 2026.", quote), "date-not-in-quote"));
  CHECK_FALSE(has(flags_of("It opened in April 2026.", quote), "date-not-in-quote"));
  CHECK_FALSE(has(flags_of("It opened in Q2 2026.", quote), "date-not-in-quote"));
  CHECK_FALSE(has(flags_of("It opened in 2026.", quote), "date-not-in-quote"));
}

TEST_CASE("a day without its year is one of the year in which its source was published") {
  CHECK_FALSE(has(flags_of("It opened on 3 May 2026.", "It opened on May 3 in Graz."), "date-not-in-quote"));
  CHECK(has(flags_of("It opened on 3 May 2025.", "It opened on May 3 in Graz."), "date-not-in-quote"));
}

TEST_CASE("a development is filed under a date that its source bears out") {
  TestTask given;
  given.passage("Saltline opened a works.", "2026-05-07");
  CHECK_FALSE(
      has(given.flags(development("2026-05", "Saltline opened a works.", {"p1: Saltline opened a works."})),
          "date-not-in-quote"));
  CHECK(has(given.flags(development("2026-04", "Saltline opened a works.", {"p1: Saltline opened a works."})),
            "date-not-in-quote"));
}

TEST_CASE("name-not-in-quote: somebody else, not the same in another form") {
  const std::string quote =
      "Saltline's Z\xC3\xBCrich laboratory works with the Massachusetts Institute of Technology and U.S. "
      "makers in Switzerland.";
  CHECK(has(flags_of("Saltline works with Stanford.", quote), "name-not-in-quote"));
  CHECK(has(flags_of("The laboratory is run by Jane Roe.", quote), "name-not-in-quote"));
  CHECK(has(flags_of("Jane Roe runs the laboratory.", quote), "name-not-in-quote"));
  for (const char* same :
       {"The laboratory in Zurich works with MIT.", "Saltline works with US makers.",
        "The laboratory is Swiss.", "Its laboratory works with the Massachusetts Institute of Technology.",
        "On Monday in May the laboratory of Saltline opened.", "The laboratory has 3 MW and 40 MWh."}) {
    INFO(same);
    CHECK_FALSE(has(flags_of(same, quote), "name-not-in-quote"));
  }
  CHECK_FALSE(has(flags_of("It works with the Massachusetts Institute of Technology.", "It works with MIT."),
                  "name-not-in-quote"));
}

TEST_CASE("negation-differs: only where it is about the same") {
  CHECK(has(flags_of("Saltline raised money.", "Saltline did not raise money."), "negation-differs"));
  CHECK(
      has(flags_of("Saltline raised money.", "Saltline didn\xE2\x80\x99t raise money."), "negation-differs"));
  CHECK(has(flags_of("Saltline never sold a tank.", "Saltline sold a tank."), "negation-differs"));
  CHECK(has(flags_of("The plant is open.", "The plant, which is not yet open, holds 40 MWh."),
            "negation-differs"));
  CHECK_FALSE(has(flags_of("The plant holds 40 MWh.", "The plant, which is not yet open, holds 40 MWh."),
                  "negation-differs"));
  CHECK_FALSE(
      has(flags_of("Saltline raised money.", "Saltline raised money, but did not disclose its valuation."),
          "negation-differs"));
  CHECK_FALSE(
      has(flags_of("Saltline did not raise money.", "Saltline didn't raise money."), "negation-differs"));
  CHECK_FALSE(has(flags_of("Saltline sells tanks and pumps.", "Saltline sells not only tanks but pumps."),
                  "negation-differs"));
  CHECK_FALSE(has(flags_of("Saltline won a contract.", "Saltline won a contract."), "negation-differs"));
  CHECK_FALSE(has(flags_of("It is ready by June.", "It is ready no later than June."), "negation-differs"));
}

TEST_CASE("modality-differs: done is not planned and planned is not possible") {
  const std::string quote = "Saltline has 31 employees and plans to open a works in Graz.";
  CHECK(has(flags_of("Saltline opened a works in Graz.", quote), "modality-differs"));
  CHECK(has(flags_of("Saltline plans to open a works.", "Saltline opened a works."), "modality-differs"));
  CHECK(has(flags_of("Saltline will open a works.", "Saltline may open a works."), "modality-differs"));
  CHECK(has(flags_of("Saltline bought Embervault.", "Saltline reportedly bought Embervault."),
            "modality-differs"));
  CHECK_FALSE(has(flags_of("Saltline intends to open a works in Graz.", quote), "modality-differs"));
  CHECK_FALSE(has(flags_of("Saltline has 31 employees.", quote), "modality-differs"));
  CHECK_FALSE(has(flags_of("Saltline opened a works in May 2026.", "In May 2026 Saltline opened a works."),
                  "modality-differs"));
}

TEST_CASE("superlative-differs: a rank that the quotes do not give, or give to several") {
  const std::string quote =
      "Saltline is one of the largest makers, and sold its first tank in the first quarter.";
  CHECK(has(flags_of("Saltline is the largest maker.", quote), "superlative-differs"));
  CHECK(has(flags_of("Saltline is the fastest maker.", quote), "superlative-differs"));
  CHECK_FALSE(has(flags_of("Saltline is one of the biggest makers.", quote), "superlative-differs"));
  CHECK(has(flags_of("Saltline sold the first tank.", quote), "superlative-differs"));
  CHECK_FALSE(has(flags_of("Saltline sold its first tank.", quote), "superlative-differs"));
  CHECK_FALSE(
      has(flags_of("It sold tanks in the second half; most of them at best efforts.", "It sold tanks."),
          "number-not-in-quote"));
  CHECK_FALSE(has(flags_of("It was the first quarter.", "It was a quarter."), "superlative-differs"));
}

TEST_CASE("hype: words of the house style, as whole words") {
  CHECK(has(flags_of("A game-changing store.", "A game-changing store."), "hype"));
  CHECK(has(flags_of("A groundbreaking store.", "A store."), "hype"));
  CHECK_FALSE(has(flags_of("The groundbreaker arrived.", "The groundbreaker arrived."), "hype"));
}

TEST_CASE("the title of a cited source in its link is not the entry's word, whatever it says") {
  const auto flags_with_title = [](const std::string& title, const std::string& words) {
    TestTask given;
    given.passage("Saltline opened a works in Aarhus.").source_title = title;
    return given.flags(words + " ([" + title + "](https://source1.example/a))",
                       {"p1: Saltline opened a works in Aarhus."});
  };
  const std::string opened = "Saltline opened a works in Aarhus.";
  for (const std::string title : {"Saltline to revolutionize heat, not cold",
                                  "A groundbreaking works may come", "Works reportedly never planned"}) {
    INFO(title);
    const auto flags = flags_with_title(title, opened);
    for (const char* flag : {"hype", "negation-differs", "modality-differs"}) CHECK_FALSE(has(flags, flag));
  }
  CHECK(has(flags_with_title("Heat Review", "Saltline opened a groundbreaking works in Aarhus."), "hype"));
  CHECK(has(flags_with_title("Heat Review", "Saltline did not open a works in Aarhus."), "negation-differs"));
}

TEST_CASE("what stands in the replaced block already is not held against the quotes") {
  TestTask given{
      "---\ntitle: \"Saltline\"\n---\n\nSaltline does not sell pumps. It has 31 employees in Aarhus.\n"};
  given.passage("Saltline has 45 employees.");
  const std::string block = given.task.entry.ids.at(2);
  CHECK(given.flags(replacement(block, "Saltline does not sell pumps. It has 45 employees in Aarhus.\n",
                                {"p1: Saltline has 45 employees."})) == Names{});
}

TEST_CASE("a sentence that shares no words with its quote is flagged, also beside one that does") {
  const std::string quote = "Kelpworks opened a plant in Cork on 3 May 2026.";
  for (const std::string invention :
       {"The company is insolvent and cheated its investors.", "Its founder was arrested for fraud.",
        "Customers were injured by leaking coolant.", "The product causes cancer.",
        "Visit the other shop for a discount.", "Regulators banned its pumps.",
        "It hides losses from auditors.", "Workers say wages went unpaid.", "The chief lied about tests.",
        "Rivals sell better products."}) {
    INFO(invention);
    CHECK(has(flags_of(invention, quote), "words-not-in-quote"));
    CHECK(has(flags_of("Kelpworks opened a plant in Cork on 3 May 2026. " + invention, quote),
              "words-not-in-quote"));
  }
}

TEST_CASE("a sentence in the words of its quote, or of what it replaces, is not flagged for its words") {
  for (const auto& [text, quote] : std::vector<std::pair<std::string, std::string>>{
           {"Opened a plant in Cork in May 2026.", "Kelpworks opened a plant in Cork on 3 May 2026."},
           {"A plant opened in Cork.", "Kelpworks has opened its plant in Cork."},
           {"HQ: Cork", "Kelpworks has its headquarters in Cork."},
           {"The company raised $5 million.", "Kelpworks raised $5 million."},
           {"It has 31 employees and runs 14 tanks.", "Saltline, with 31 employees, runs 14 tanks."}}) {
    INFO(text);
    CHECK_FALSE(has(flags_of(text, quote), "words-not-in-quote"));
  }
  TestTask given{"---\ntitle: \"Saltline\"\n---\n\nSaltline makes molten stores for dairies.\n"};
  given.passage("Saltline has 31 employees.");
  CHECK_FALSE(
      has(given.flags(replacement(given.task.entry.ids.back(),
                                  "Saltline, which has 31 employees, makes molten stores for dairies.",
                                  {"p1: Saltline has 31 employees."})),
          "words-not-in-quote"));
}
