// The words that the terminal and the browser share.

#include "review/labels.h"

#include <set>

#include "llm/flags.h"
#include "tests/support/catch.h"

using namespace stubkeeper;

TEST_CASE("who made a text is said in plain words") {
  CHECK(review::describe_drafter("extractive") == "made of the source's own sentences (extractive)");
  CHECK(review::describe_drafter("extractive, in place of ollama/qwen") ==
        "made of the source's own sentences (extractive, in place of ollama/qwen)");
  CHECK(review::describe_drafter("ollama/qwen") == "drafted by ollama/qwen");
}

TEST_CASE("dates of sources are days and moments of decisions have their minute") {
  CHECK(review::format_publication_date("2026-04-21T09:00:00Z") == "published 2026-04-21");
  CHECK(review::format_publication_date("2026-04") == "published 2026-04");
  CHECK(review::format_publication_date("") == "undated");
  CHECK(review::format_timestamp(*parse_rfc3339("2026-04-21T09:05:59Z")) == "2026-04-21 09:05 UTC");
}

TEST_CASE("Markdown is one line of words in a list") {
  CHECK(review::to_plain_text_line("- **2026-03:** “It opened.” — [The Page](https://a.org/x)") ==
        "2026-03: “It opened.” — The Page");
  CHECK(review::to_plain_text_line("## Summary\n\nA maker of\nstores.\n") == "A maker of stores.");
  CHECK(review::to_plain_text_line("## Summary") == "Summary");
  CHECK(review::to_plain_text_line("#1 in Graz") == "#1 in Graz");
  CHECK(review::to_plain_text_line("-5 °C") == "-5 °C");
  CHECK(review::to_plain_text_line("") == "");
}

TEST_CASE("a change is named by its number") {
  CHECK(review::parse_change_id("49") == 49);
  CHECK(review::parse_change_id(" change 49 ") == 49);
  CHECK_FALSE(review::parse_change_id("0"));
  CHECK_FALSE(review::parse_change_id("-1"));
  CHECK_FALSE(review::parse_change_id("49a"));
  CHECK_FALSE(review::parse_change_id("99999999999999999999"));
  CHECK_FALSE(review::parse_change_id(""));
}

TEST_CASE("a conflict is named by a c and its number") {
  CHECK(review::parse_conflict_id("c12") == 12);
  for (const char* word : {"12", "c0", "c-1", "c", "c1a", "C1"}) CHECK_FALSE(review::parse_conflict_id(word));
}

TEST_CASE("every flag has a label of plain words and an unknown one is told without hyphens") {
  std::set<std::string> labels;
  for (const llm::FlagKind& kind : llm::flag_kinds()) {
    const std::string label = review::flag_label(kind.name);
    INFO(kind.name);
    CHECK(label.find('-') == std::string::npos);
    CHECK(labels.insert(label).second);
  }
  CHECK(review::flag_label("some-other-flag") == "some other flag");
  CHECK(review::describe_flags(std::vector<std::string>{"hype", "old-source", "hype"}) ==
        "praise, source older than two years");
}
