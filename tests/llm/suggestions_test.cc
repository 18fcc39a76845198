#include "llm/verification/approximate_match.h"
#include "tests/llm/verification_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper::llm;
using namespace stubkeeper::llm::testing;

namespace {

std::string near(const std::string& text, const std::string& quote) {
  const auto found = find_approximate_match(text, quote);
  return found ? text.substr(found->place.begin, found->place.end - found->place.begin) : "(none)";
}

// What is suggested for a quote that is not found, as "passage: words".
std::string suggestion(TestTask& given, const std::string& quote) {
  const Verification verification = given.verified("Saltline has employees.", {quote});
  CHECK(verification.changes.empty());
  CHECK(verification.dropped_without_quote == 1);
  REQUIRE(verification.unmatched.size() == 1);
  const UnmatchedQuote& unmatched = verification.unmatched[0];
  return unmatched.suggested_passage_id + ": " + unmatched.suggested_text;
}

const std::string passage =
    "Saltline was founded in 2022. Saltline has 31 full-time employees, and it runs 14 tanks in Aarhus.";

}  // namespace

TEST_CASE("the stretch that is nearest to a quote in words is found") {
  CHECK(near(passage, "Saltline has 31 employees and it runs 14 tanks") ==
        "Saltline has 31 full-time employees, and it runs 14 tanks");
  CHECK(near(passage, "saltline has 31 full time Employees") == "Saltline has 31 full-time employees");
  CHECK(near(passage, "Saltline has 32 full-time employees, and it runs") ==
        "Saltline has 31 full-time employees, and it runs");
  CHECK(near(passage, "EmberVault sold 420 units in Scotland since 2023") == "(none)");
  CHECK(near(passage, "in Graz") == "(none)");
  CHECK(near(passage, "In 2022") == "in 2022");
  CHECK(near(passage, "Saltline") == "(none)");
  CHECK(near("", "Saltline has tanks") == "(none)");
}

TEST_CASE("a change with a quote that is nearly there is dropped and the words that are there suggested") {
  TestTask given;
  given.passage(passage);
  const std::string suggested = suggestion(given, "p1: Saltline has 31 employees and it runs 14 tanks");
  CHECK(suggested == "p1: Saltline has 31 full-time employees, and it runs 14 tanks");
  // What is suggested is found when it is quoted.
  CHECK(given.verified("Saltline has 31 employees.", {suggested}).changes.size() == 1);
}

TEST_CASE("a quote that stands in another passage than it names is suggested there") {
  TestTask given;
  given.passage("EmberVault has sold 420 units in Scotland.");
  given.passage(passage);
  CHECK(suggestion(given, "p1: it runs 14 tanks in Aarhus") == "p2: it runs 14 tanks in Aarhus");
  CHECK(suggestion(given, "p9: it runs 14 tanks in Aarhus") == "p2: it runs 14 tanks in Aarhus");
}

TEST_CASE("nothing is suggested for what nobody said") {
  TestTask given;
  given.passage(passage);
  CHECK(suggestion(given, "p1: The Danish state bought all of its shares last week") == ": ");
}

TEST_CASE("each quote that is missing is told with its change") {
  TestTask given;
  given.passage(passage);
  const Draft draft{{fact("a", {"p1: Saltline was founded in 2022."}),
                     fact("b", {"p1: invented", "p1: in 2022", "p1: made up"})},
                    0};
  const Verification verification = verify(given.task, draft);
  CHECK(verification.changes.size() == 1);
  CHECK(verification.dropped_without_quote == 1);
  REQUIRE(verification.unmatched.size() == 2);
  CHECK(verification.unmatched[0].change == 1);
  CHECK(verification.unmatched[1].quote.text == "made up");
}
