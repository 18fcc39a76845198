// What turns its quote, or the entry, round without another figure.
#include "tests/llm/verification_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper::llm;
using namespace stubkeeper::llm::testing;

TEST_CASE("a word whose opposite the quotes have is flagged") {
  for (const auto& [text, quote] : std::vector<std::pair<std::string, std::string>>{
           {"Sales of Saltline rose in 2025.", "Sales of Saltline fell in 2025."},
           {"Saltline won the case.", "Saltline lost the case."},
           {"Saltline closed its works.", "Saltline opened its works."},
           {"Saltline sold the mill.", "Saltline bought the mill."},
           {"The board approved the loan.", "The board rejected the loan."},
           {"Saltline is a public company.", "Saltline is a private company."}}) {
    INFO(text);
    CHECK(has(flags_of(text, quote), "words-not-in-quote"));
  }
}

TEST_CASE("a word is not flagged for an opposite that stands beside it") {
  for (const auto& [text, quote] : std::vector<std::pair<std::string, std::string>>{
           {"Sales of Saltline rose in 2025.", "Sales of Saltline increased in 2025."},
           {"Saltline opened its works.", "Saltline opened its works and closed the old one."},
           {"Sales of Saltline rose and fell.", "Sales of Saltline fell."}}) {
    INFO(text);
    CHECK_FALSE(has(flags_of(text, quote), "words-not-in-quote"));
  }
}

TEST_CASE("first before things that come in numbers is order, and before one thing a rank") {
  const std::string superlative = "superlative-differs";
  CHECK_FALSE(has(flags_of("The first containers left the yard.", "Containers left the yard."), superlative));
  CHECK_FALSE(has(flags_of("The first units were sold.", "The units were sold."), superlative));
  CHECK(has(flags_of("Saltline is the first maker.", "Saltline is a maker."), superlative));
  CHECK(has(flags_of("Saltline sold the first glass.", "Saltline sold glass."), superlative));
}

TEST_CASE("the label of a fact line that was there is no new text") {
  TestTask given{"---\ntitle: \"Saltline\"\n---\n\n## Key Facts\n\n- **IPO plan:** targeted for 2027\n"};
  given.passage("Saltline went public in Dublin on 4 May 2026.");
  const std::string quote = "p1: Saltline went public in Dublin on 4 May 2026.";
  const std::string block = given.task.entry.ids.back();
  CHECK_FALSE(
      has(given.flags(replacement(block, "- **IPO plan:** went public in Dublin on 4 May 2026\n", {quote})),
          "modality-differs"));
  CHECK(has(
      given.flags(replacement(block, "- **IPO plan:** plans to go public in Dublin in May 2026\n", {quote})),
      "modality-differs"));
  CHECK(has(
      given.flags(replacement(block, "- **IPO hope:** potentially public in Dublin in May 2026\n", {quote})),
      "modality-differs"));
}

TEST_CASE("the status of a claim does not contradict the status of the company") {
  TestTask given{
      "---\ntitle: \"Saltline\"\n---\n\n## Key Facts\n\n- **Status:** Active\n\n## Claim Verification\n\n"
      "- **Status:** Unverified\n"};
  given.passage("The institute measured 71% on the pump of Saltline.");
  const std::string quote = "p1: The institute measured 71% on the pump of Saltline.";
  DraftedChange claim = fact("Status: Disputed", {quote});
  CHECK(has(given.flags(claim), "contradicts"));
  claim = replacement(given.task.entry.ids.back(), "- **Status:** Disputed\n", {quote});
  CHECK_FALSE(has(given.flags(claim), "contradicts"));
}

TEST_CASE("contradicts: the entry has another year for what happens once") {
  const auto contradicts = [](const std::string& text) {
    TestTask given{
        "---\ntitle: \"Saltline\"\n---\n\n## Summary\n\nSaltline Pumps was founded in 2011 in Oslo. Saltline Pumps "
        "sold the Oslo mill in 2012.\n"};
    given.passage(text);
    return has(given.flags(text, {"p1: " + text}), "contradicts");
  };
  CHECK(contradicts("Saltline Pumps was founded in 2014 in Bergen."));
  CHECK_FALSE(contradicts("Saltline Pumps was founded in 2011 in Oslo."));
  CHECK_FALSE(contradicts("Saltline Pumps sold the Oslo mill in 2015."));
}

TEST_CASE("contradicts: dated news has another figure in the words of an undated sentence") {
  TestTask given{"---\ntitle: \"Saltline\"\n---\n\n## Summary\n\nSaltline makes 250 pumps a year in Graz.\n"};
  const std::string text =
      "Saltline makes 342 pumps a year in Graz since its second shift began in November 2025.";
  given.passage(text);
  CHECK(has(given.flags(development("2025-11", text, {"p1: " + text})), "contradicts"));
  const std::string other = "Saltline sold 342 pumps to the port of Cork in November 2025.";
  given.passage(other);
  CHECK_FALSE(has(given.flags(development("2025-11", other, {"p2: " + other})), "contradicts"));
}
