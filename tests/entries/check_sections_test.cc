// Rules about section pages and their tables.

#include "tests/entries/check_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper::entries;
using namespace stubkeeper::entries::checks;

namespace {

const std::string page = "energy/solar/_index.md";
const std::string startups =
    "### Startups & Development Partners\n\n| Company | HQ | Stage | Mission |\n|---|---|---|---|\n"
    "| [Acme](https://acme.example) | CH | Seed | Cells |\n| **[Bolt](https://bolt.example)** 🇨🇳 | CN | Seed "
    "| Cells |\n";
const std::string publics =
    "### Public Companies\n\n| Ticker | Company | Mission |\n|---|---|---|\n"
    "| [FSLR](https://finance.yahoo.com/quote/FSLR) | [First Solar](https://firstsolar.example) | Panels |\n";

std::string replaced(std::string text, const std::string& old_text, const std::string& new_text) {
  REQUIRE(text.find(old_text) != std::string::npos);
  return text.replace(text.find(old_text), old_text.size(), new_text);
}

bool any_table_finding(const std::string& text) {
  for (const Finding& finding : run_checks(page, text)) {
    if (finding.id.starts_with("table-") || finding.id == "tier-order" || finding.id == "ticker-link" ||
        finding.id == "owner-mark" || finding.id == "widget-missing")
      return true;
  }
  return false;
}

}  // namespace

TEST_CASE("company tables by the rules have no finding") {
  CHECK_FALSE(any_table_finding(startups + "\n" + publics));
}

TEST_CASE("a company table has its tier's columns, and more behind them if it likes") {
  CHECK(has_finding("table-columns", page, replaced(startups, "| HQ |", "| Country |")));
  CHECK_FALSE(has_finding("table-columns", page,
                  "### Incumbents\n\n| Ticker | Company | Relevance | Notes |\n|---|---|---|---|\n"));
  CHECK(has_finding("table-row", page, replaced(startups, "| CH | Seed | Cells |", "| CH | Seed |")));
}

TEST_CASE("a company stands once in the tables of a page, and links somewhere") {
  CHECK(finding_lines("table-duplicate", page, startups + "| [ACME](https://acme.example) | CH | Seed | Cells |\n")
            .size() == 1);
  CHECK(has_finding("table-duplicate", page, startups + "\n" + replaced(publics, "[First Solar]", "[Acme]")));
  CHECK(has_finding("table-link", page, replaced(startups, "[Acme](https://acme.example)", "Acme")));
}

TEST_CASE("a ticker links its quote page") {
  CHECK(has_finding("ticker-link", page, replaced(publics, "[FSLR](https://finance.yahoo.com/quote/FSLR)", "FSLR")));
  CHECK(has_finding("ticker-link", page, replaced(publics, "quote/FSLR", "quote/FSLX")));
  for (const char* right : {"[NASDAQ: FSLR](https://finance.yahoo.com/quote/FSLR/)", "—", "",
                            "[300750](https://finance.yahoo.com/quote/300750.SZ)"}) {
    INFO(right);
    CHECK_FALSE(
        has_finding("ticker-link", page, replaced(publics, "[FSLR](https://finance.yahoo.com/quote/FSLR)", right)));
  }
}

TEST_CASE("two public companies want the widget below their table, on subsections") {
  const std::string two = publics + "| — | [Second](https://second.example) | x |\n";
  CHECK(has_finding("widget-missing", page, two));
  CHECK_FALSE(has_finding("widget-missing", "energy/_index.md", two));
  CHECK_FALSE(has_finding("widget-missing", page, publics));
  CHECK_FALSE(has_finding("widget-missing", page,
                  two +
                      "\n<div>\n<script "
                      "src=\"https://s3.tradingview.com/external-embedding/embed-widget-market-overview.js\" "
                      "async>\n</script>\n</div>\n"));
}

TEST_CASE("a company that its entry calls Chinese-owned bears its mark in every table") {
  const std::vector<SectionPage> owned{{"energy/bolt.md", "---\ntitle: Bolt\nchinese-owned: true\n---\n"}};
  CHECK_FALSE(has_finding("owner-mark", page, startups, owned));
  const std::string unmarked = replaced(startups, " 🇨🇳", "");
  CHECK(has_finding("owner-mark", page, unmarked, owned));
  CHECK(has_finding("owner-mark", file, valid_entry + "\n" + unmarked, owned));
  CHECK_FALSE(has_finding("owner-mark", page, unmarked,
                  {{"energy/bolt.md", "---\ntitle: Bolt\nchinese-owned: false\n---\n"}}));
}

TEST_CASE("a topic area has its parts, and its supply chain a cadence") {
  CHECK(finding_lines("part-missing", "energy/_index.md", "## Overview\n\nx\n").size() == 2);
  CHECK(finding_lines("part-missing", page, "## Overview\n\nx\n").empty());
  CHECK(finding_lines("part-missing", page, "x\n").size() == 1);
  const std::string chain = "## Supply Chain\n\nx\n\n### Supply Chain — Last Reviewed: ";
  CHECK(has_finding("supply-chain-stale", page, chain + "2026-05-01\n"));
  CHECK_FALSE(has_finding("supply-chain-stale", page, chain + "2026-06-01\n"));
  CHECK(has_finding("supply-chain-stale", page, "---\nlast_reviewed: 2026-01-01\n---\n\n## Supply Chain\n\nx\n"));
}

TEST_CASE("the list of topic areas is complete and in the order of the alphabet") {
  const std::vector<SectionPage> topics{{"energy/_index.md", "---\ntitle: Energy\n---\n"},
                                      {"robotics/_index.md", "---\ntitle: Robotics\n---\n"},
                                      {"changelog/_index.md", "---\ntitle: Changelog\n---\n"}};
  const std::string energy = "- [Energy]({{< relref \"energy/_index.md\" >}}) — power\n";
  const std::string robotics = "- [robotics](./robotics/) — arms\n";
  const std::string head = "# Research\n\n## Topic Areas\n\n";
  const auto about_topics = [&](const std::string& text) {
    std::vector<std::string> found;
    for (const Finding& finding : run_checks("_index.md", text, topics)) {
      if (finding.id.starts_with("topic-")) found.push_back(finding.id + ":" + std::to_string(finding.line));
    }
    return found;
  };
  CHECK(about_topics(head + energy + "- [Robotics]({{< relref \"robotics\" >}})\n").empty());
  CHECK(about_topics(head + energy) == std::vector<std::string>{"topic-missing:3"});
  const std::string swapped =
      head + "- [Robotics]({{< relref \"robotics/_index.md\" >}}) — arms\n" + energy + "\nMore.\n";
  CHECK(about_topics(swapped) == std::vector<std::string>{"topic-order:6"});
  CHECK(apply_all_fixes("_index.md", swapped, topics) ==
        head + energy + "- [Robotics]({{< relref \"robotics/_index.md\" >}}) — arms\n\nMore.\n");
}

TEST_CASE("a line of the changelog links its page by its name") {
  const std::string head = "---\ntitle: c\n---\n\n- **2026-05-07:** ";
  CHECK(has_finding("changelog-link", "changelog/index.md", head + "Created things.\n"));
  CHECK(has_finding("changelog-link", "changelog/index.md", head + "Created `x`, energy/ionq.md anew.\n"));
  CHECK_FALSE(
      has_finding("changelog-link", "changelog/index.md", head + "Created [A]({{< relref \"a.md\" >}}) — b.\n"));
}
