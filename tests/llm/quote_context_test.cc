#include "llm/verification/quote_context.h"

#include "tests/llm/verification_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper::llm;
using namespace stubkeeper::llm::testing;

namespace {

// Whether a quote of a part of a passage is flagged where the new text says just that part.
bool is_out_of_context(const std::string& passage, const std::string& quote, std::string text = "") {
  TestTask given;
  given.passage(passage);
  if (text.empty()) text = quote;
  return has(given.flags(text, {"p1: " + quote}), "quote-out-of-context");
}

}  // namespace

TEST_CASE("a quote that its sentence denies is out of context") {
  CHECK(is_out_of_context("Saltline denied that it raised $5 million.", "it raised $5 million"));
  CHECK(is_out_of_context("There is no evidence that Saltline raised money.", "Saltline raised money"));
  CHECK(is_out_of_context("It is a myth that salt freezes in the pipes.", "salt freezes in the pipes"));
  CHECK(is_out_of_context("The board has not said that Saltline will close its works.",
                       "Saltline will close its works"));
  CHECK(is_out_of_context("That Saltline raised money is not true.", "Saltline raised money"));
  CHECK(is_out_of_context("Saltline raised $5 million. That is not true, the company says.",
                       "Saltline raised $5 million."));
}

TEST_CASE("a quote that its sentence makes conditional or gives to somebody is out of context") {
  CHECK(is_out_of_context("If the council agrees, the works opens in Graz.", "the works opens in Graz"));
  CHECK(is_out_of_context("The works opens in Graz unless the council objects.", "The works opens in Graz"));
  CHECK(is_out_of_context("According to Bloomberg, Saltline raised $5 million.", "Saltline raised $5 million"));
  CHECK(is_out_of_context("Rumours that Saltline bought EmberVault went round.", "Saltline bought EmberVault"));
  CHECK(is_out_of_context("Saltline is insolvent, a rival claimed.", "Saltline is insolvent"));
}

TEST_CASE("a new text that tells its reader of it is in context") {
  CHECK_FALSE(is_out_of_context("According to Bloomberg, Saltline raised $5 million.",
                             "Saltline raised $5 million",
                             "Saltline raised $5 million, according to Bloomberg."));
  CHECK_FALSE(is_out_of_context("Saltline denied that it raised $5 million.", "it raised $5 million",
                             "Saltline denied that it raised $5 million."));
  CHECK_FALSE(is_out_of_context("If the council agrees, the works opens in Graz.", "the works opens in Graz",
                             "The works opens in Graz if the council agrees."));
}

TEST_CASE("what another clause or an aside or another sentence denies is not this quote") {
  CHECK_FALSE(is_out_of_context("Saltline did not raise money in 2024, but it raised $5 million in 2026.",
                             "it raised $5 million in 2026"));
  CHECK_FALSE(is_out_of_context("Although not yet profitable, Saltline raised $5 million.",
                             "Saltline raised $5 million"));
  CHECK_FALSE(
      is_out_of_context("Saltline, which denied rumours of a sale, raised $5 million.", "raised $5 million"));
  CHECK_FALSE(is_out_of_context("EmberVault denied everything. Saltline raised $5 million.",
                             "Saltline raised $5 million."));
  CHECK_FALSE(
      is_out_of_context("Saltline raised $5 million. EmberVault sold nothing.", "Saltline raised $5 million."));
  CHECK_FALSE(
      is_out_of_context("Not only salt, but bricks hold heat at 450 \xC2\xB0"
                     "C.",
                     "bricks hold heat at 450 \xC2\xB0"
                     "C"));
}

TEST_CASE("a whole sentence carries its own context") {
  CHECK_FALSE(is_out_of_context("According to Bloomberg, Saltline raised $5 million.",
                             "According to Bloomberg, Saltline raised $5 million."));
}

TEST_CASE("a quote that refutes is cited for its contradiction") {
  TestTask given;
  given.passage("A rival claimed that the store leaks.");
  given.passage("The store holds heat.");
  CHECK_FALSE(
      has(given.flags("The claim is disputed.", {"p2: The store holds heat.", "!p1: the store leaks"}),
          "quote-out-of-context"));
}

TEST_CASE("the sentences around a quote are cut at the quote") {
  const std::string passage = "One is first. Two is before it, and after. Three follows. Four is last.";
  const std::size_t begin = passage.find("is before");
  const SurroundingSentences around = find_surrounding_sentences(passage, begin, begin + 9);
  CHECK(around.before == "Two ");
  CHECK(around.after == " it, and after.");
  CHECK(around.next == "Three follows.");
  const SurroundingSentences row = find_surrounding_sentences("| not | a store |", 8, 15);
  CHECK(row.before == "| not | ");
  CHECK(row.after == " |");
}
