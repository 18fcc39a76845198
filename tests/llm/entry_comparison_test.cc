// What a change does to the entry: contradictions, losses, size, links.
#include "tests/llm/verification_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using namespace stubkeeper::llm::testing;

namespace {

const std::string entry =
    "---\ntitle: \"Saltline\"\nsource_urls:\n  - \"https://listed.example/a\"\n---\n\n## Key Facts\n\n- "
    "**HQ:** Aarhus\n"
    "- Saltline has 31 employees.\n\n## Notable Developments\n\n- **2026-03:** Saltline opened its second "
    "works in Graz on 3 March "
    "2026.\n- **2024-01:** Saltline had 12 employees in one works.\n\n## What It Is\n\nSaltline stores heat. "
    "See "
    "[Heat Review](https://listed.example/b).\n";

std::string find_block_containing(const TestTask& given, const std::string& text) {
  const auto& document = given.task.entry.document;
  for (std::size_t i = 0; i < document.blocks().size(); ++i) {
    if (document.text(document.blocks()[i]).find(text) != std::string_view::npos)
      return given.task.entry.ids[i];
  }
  return "(none)";
}

}  // namespace

TEST_CASE("contradicts: the entry has another figure for the same") {
  TestTask given{entry};
  given.passage("Saltline has 45 employees.");
  CHECK(given.detail("contradicts", "Saltline has 45 employees.", {"p1: Saltline has 45 employees."}) ==
        "the new text: \"Saltline has 45 employees.\" \xC2\xB7 the entry: \"Saltline has 31 employees.\"");
  CHECK_FALSE(
      has(given.flags(replacement(find_block_containing(given, "31 employees"), "- Saltline has 45 employees.\n",
                                  {"p1: Saltline has 45 employees."})),
          "contradicts"));
}

TEST_CASE("contradicts: what is the same or of another time or thing agrees") {
  TestTask given{entry};
  given.passage("Saltline has 31 workers, 14 tanks and 3 apprentices. EmberVault has 90 employees.");
  CHECK_FALSE(has(given.flags("Saltline has 31 workers.", {"p1: Saltline has 31 workers"}), "contradicts"));
  CHECK_FALSE(
      has(given.flags("Saltline has 14 tanks.", {"p1: Saltline has 31 workers, 14 tanks"}), "contradicts"));
  CHECK_FALSE(
      has(given.flags(development("2026-05", "Saltline has 45 employees.", {"p1: Saltline has 31 workers"})),
          "contradicts"));
}

TEST_CASE("contradicts: the entry has another value in the same fact line") {
  TestTask given{entry};
  given.passage("Saltline is based in Basel.");
  CHECK(given.detail("contradicts", "**HQ:** Basel", {"p1: based in Basel"}) ==
        "the new text: \"HQ: Basel\" \xC2\xB7 the entry: \"HQ: Aarhus\"");
  given.passage("Saltline is based in Aarhus, Denmark.");
  CHECK_FALSE(has(given.flags("**HQ:** Aarhus, Denmark", {"p2: based in Aarhus, Denmark"}), "contradicts"));
  CHECK_FALSE(has(given.flags("**Office:** Basel", {"p1: based in Basel"}), "contradicts"));
}

TEST_CASE("contradicts: the entry has another date for the same event") {
  TestTask given{entry};
  given.passage("Saltline opened its second works in Graz on 9 March 2026.");
  const std::string text = "Saltline opened its second works in Graz on 9 March 2026.";
  CHECK(has(given.flags(development("2026-03", text, {"p1: " + text})), "contradicts"));
  given.passage("Saltline opened its second works in Graz in March 2026.");
  const std::string coarser = "Saltline opened its second works in Graz in March 2026.";
  TestTask alone{entry};
  alone.passage(coarser);
  CHECK_FALSE(has(alone.flags(development("2026-03", coarser, {"p1: " + coarser})), "contradicts"));
}

TEST_CASE("contradicts: another source says otherwise and both are shown") {
  TestTask given;
  given.passage("Saltline has 45 employees.");
  given.passage("Saltline has 54 employees. It stores heat.");
  CHECK(given.detail("contradicts", "Saltline has 45 employees.", {"p1: Saltline has 45 employees."}) ==
        "the new text: \"Saltline has 45 employees.\" \xC2\xB7 Source 2: \"Saltline has 54 employees.\"");
}

TEST_CASE("contradicts: a verdict hides a source that refutes it") {
  TestTask given;
  given.passage("The tank was tested.");
  given.passage("The tank was never tested.");
  const std::vector<std::string> quotes{"p1: The tank was tested.", "!p2: The tank was never tested."};
  CHECK(has(given.flags("Status: Verified", quotes), "contradicts"));
  CHECK_FALSE(has(given.flags("Status: Disputed", quotes), "contradicts"));
  CHECK_FALSE(has(given.flags("Status: Verified", {"p1: The tank was tested."}), "contradicts"));
}

TEST_CASE("removes-sourced-text: links and figures and dates and quoted statements that are gone") {
  TestTask given{entry};
  given.passage("Saltline stores heat in salt. Saltline has 45 employees.");
  const std::vector<std::string> quotes{"p1: Saltline stores heat in salt."};
  const std::string prose = find_block_containing(given, "Heat Review");
  CHECK(given.detail("removes-sourced-text", replacement(prose, "Saltline stores heat in salt.\n", quotes)) ==
        "https://listed.example/b");
  CHECK_FALSE(has(given.flags(replacement(
                      prose, "Saltline stores heat in salt. See [it](https://listed.example/b).\n", quotes)),
                  "removes-sourced-text"));

  const std::string fact_line = find_block_containing(given, "31 employees");
  CHECK(given.detail("removes-sourced-text",
                     replacement(fact_line, "- Saltline stores heat in salt.\n", quotes)) == "31 employees");
  CHECK_FALSE(has(given.flags(replacement(fact_line, "- Saltline has 45 employees.\n",
                                          {"p1: Saltline has 45 employees."})),
                  "removes-sourced-text"));

  const std::string event = find_block_containing(given, "second works");
  CHECK(given
            .detail("removes-sourced-text",
                    replacement(event, "- **2026-03:** Saltline stores heat in salt.\n", quotes))
            .find("2026-03-03") != std::string::npos);
}

TEST_CASE("removes-sourced-text: what a quote bears out is said no more") {
  TestTask given{
      "---\ntitle: \"Saltline\"\n---\n\nSaltline builds molten-salt stores for district heating with 31 "
      "employees.\n"};
  given.passage("Saltline has 45 employees.");
  const std::string block = find_block_containing(given, "31 employees");
  given.task.citations.push_back({block, "Saltline builds molten-salt stores for district heating"});
  const std::vector<std::string> quotes{"p1: Saltline has 45 employees."};
  CHECK(given.detail("removes-sourced-text", replacement(block, "Saltline has 45 employees.\n", quotes)) ==
        "\"Saltline builds molten-salt stores for district heating\"");
  CHECK_FALSE(
      has(given.flags(replacement(
              block, "Saltline builds molten-salt stores for district heating with 45 employees.\n", quotes)),
          "removes-sourced-text"));
  given.task.citations[0].block_id = "another";
  CHECK_FALSE(
      has(given.flags(replacement(block, "Saltline has 45 employees.\n", quotes)), "removes-sourced-text"));
}

TEST_CASE("removes-sourced-text: a block that is taken out whole") {
  TestTask given{entry};
  given.passage("Saltline has 45 employees.");
  DraftedChange change =
      replacement(find_block_containing(given, "31 employees"), "", {"p1: Saltline has 45 employees."});
  change.edit.kind = entries::EditKind::remove_block;
  CHECK(given.detail("removes-sourced-text", change) == "31 employees");
  change.edit.target = find_block_containing(given, "## What It Is");
  CHECK_FALSE(has(given.flags(change), "removes-sourced-text"));
}

TEST_CASE("large-change: more than a share of the entry's words at once") {
  std::string words;
  for (int i = 0; i < 100; ++i) words += "word" + std::string(static_cast<std::size_t>(i % 7), 'x') + " ";
  TestTask given{"---\ntitle: \"Saltline\"\n---\n\n" + words + "\n\nA tail of an entry that stays.\n\n" +
                 words + "\n"};
  given.passage("Saltline stores heat.");
  std::string other;
  for (int i = 0; i < 80; ++i) other += "other ";
  const std::string first = find_block_containing(given, "word");
  CHECK(has(given.flags(replacement(first, other + "\n", {"p1: Saltline stores heat."})), "large-change"));
  CHECK_FALSE(has(given.flags(replacement(first, words + "and more.\n", {"p1: Saltline stores heat."})),
                  "large-change"));
  CHECK_FALSE(has(given.flags("Saltline stores heat.", {"p1: Saltline stores heat."}), "large-change"));
  given.task.is_stub = true;
  CHECK_FALSE(
      has(given.flags(replacement(first, other + "\n", {"p1: Saltline stores heat."})), "large-change"));
}

TEST_CASE("large-change: many small replacements are one large change together") {
  std::string page = "---\ntitle: \"Saltline\"\n---\n";
  for (int i = 0; i < 10; ++i)
    page += "\nThe paragraph number " + std::to_string(i) + " says one thing in ten words.\n";
  TestTask given{page};
  given.passage("Saltline stores heat.");
  Draft draft;
  for (int i = 0; i < 10; ++i) {
    draft.changes.push_back(replacement(find_block_containing(given, "number " + std::to_string(i) + " "),
                                        "Saltline stores heat, wholly otherwise.\n",
                                        {"p1: Saltline stores heat."}));
  }
  const Verification all = verify(given.task, draft);
  REQUIRE(all.changes.size() == 10);
  for (const VerifiedChange& change : all.changes) {
    CHECK(std::any_of(change.flags.begin(), change.flags.end(),
                      [](const entries::Flag& flag) { return flag.name == "large-change"; }));
  }
  draft.changes.resize(2);
  for (const VerifiedChange& change : verify(given.task, draft).changes) {
    CHECK(std::none_of(change.flags.begin(), change.flags.end(),
                       [](const entries::Flag& flag) { return flag.name == "large-change"; }));
  }
}

TEST_CASE("unknown-address: a link that leads nowhere known is taken out and the text stays") {
  TestTask given{entry};
  given.passage("Saltline has 31 employees. More at https://mentioned.example/x.");
  const std::vector<std::string> quotes{"p1: Saltline has 31 employees."};
  const auto verified = given.verified("Saltline has [31 employees](https://invented.example/a(b)).", quotes);
  REQUIRE(verified.changes.size() == 1);
  CHECK(verified.changes[0].change.edit.text == "Saltline has 31 employees.");
  CHECK(given.detail("unknown-address", "Saltline has [31 employees](https://invented.example/a(b)).",
                     quotes) == "https://invented.example/a(b)");
  CHECK(given.detail("unknown-address", "Saltline has 31 employees (https://invented.example/x).", quotes) ==
        "https://invented.example/x");
  // What a page mentions is not what was read.
  CHECK(has(given.flags("Saltline has [31 employees](https://mentioned.example/x).", quotes),
            "unknown-address"));
}

TEST_CASE("unknown-address: links to documents that were read and to what the entry links to stay") {
  TestTask given{entry};
  given.passage("Saltline has 31 employees.");
  for (const char* address : {"https://source1.example/a", "https://source1.example/a#part",
                              "https://listed.example/a", "https://listed.example/b"}) {
    INFO(address);
    const auto verified =
        given.verified("Saltline has [31 employees](" + std::string{address} + ").", {"p1: 31 employees"});
    REQUIRE(verified.changes.size() == 1);
    CHECK(verified.changes[0].change.edit.text.find(address) != std::string::npos);
    CHECK(verified.changes[0].flags.empty());
  }
}

TEST_CASE("links that would do something and changes that are nothing but an unknown address are dropped") {
  TestTask given{entry};
  given.passage("Saltline has 31 employees.");
  const std::vector<std::string> quotes{"p1: Saltline has 31 employees."};
  CHECK(given.verified("Saltline has [31 employees](javascript:alert(1)).", quotes).dropped_unsafe == 1);
  CHECK(given.verified("Saltline has [31 employees](data:text/html,x).", quotes).dropped_unsafe == 1);
  CHECK(given.verified("[ ](https://invented.example/x)", quotes).dropped_unsafe == 1);
  DraftedChange source = fact("https://invented.example/x", quotes);
  source.edit.kind = entries::EditKind::append_source;
  CHECK(given.verified(source).dropped_unsafe == 1);
  source.edit.text = "https://source1.example/a";
  CHECK(given.verified(source).changes.size() == 1);
}
