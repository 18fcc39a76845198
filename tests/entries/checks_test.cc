#include <algorithm>

#include "entries/stub_page.h"
#include "tests/entries/check_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper::entries;
using namespace stubkeeper::entries::checks;

TEST_CASE("an entry by the rules has no finding") {
  for (const Finding& finding : findings(file, good)) FAIL(finding.id + ": " + finding.message);
}

TEST_CASE("every rule has an id, a severity and a summary, once") {
  std::vector<std::string> ids;
  for (const CheckRule& rule : built_in_conventions().checks.rules) {
    CHECK_FALSE(rule.id.empty());
    CHECK_FALSE(rule.summary.empty());
    CHECK(std::find(ids.begin(), ids.end(), rule.id) == ids.end());
    ids.push_back(rule.id);
  }
  CHECK(built_in_conventions().style.most_changelog_characters == 200);
  CHECK(built_in_conventions().style.entry.required.size() == 8);
}

TEST_CASE("front matter is checked for what it must, must not and may not hold") {
  CHECK(places("front-matter-missing", file, good_with("description: \"d\"\n", "")).size() == 1);
  CHECK(places("front-matter-missing", file, good_with("description: \"d\"", "description: \"\"")) ==
        std::vector<std::string>{"front-matter-missing:6"});
  CHECK(has("front-matter-missing", file,
            good_with("source_urls:\n  - \"https://a.org/x\"\n", "source_urls: []\n")));
  CHECK(has("front-matter-forbidden", file, good_with("draft: false\n", "draft: false\ntags: [a]\n")));
  CHECK(has("front-matter-date", file, good_with("date: 2026-01-02", "date: 2. Januar")));
  CHECK(has("front-matter-broken", file, good_with("title: \"First Solar\"", "title: [")));
  CHECK(has("front-matter-missing", "energy/_index.md", "---\ntitle: x\n---\n"));
}

TEST_CASE("a page past its review date is noted with its days, and only then") {
  CHECK_FALSE(has("stale", file, good_with("stale_after_days: 180", "stale_after_days: 52")));
  CHECK(has("stale", file, good_with("stale_after_days: 180", "stale_after_days: 51")));
}

TEST_CASE("a missing disclaimer is put below the front matter") {
  const std::string without = good_with(disclaimer_of(built_in_conventions()) + "\n\n", "");
  CHECK(has("disclaimer", file, without));
  CHECK(fixed(file, without) == good);
}

TEST_CASE("parts that are missing or empty are named with their line") {
  CHECK(has("part-missing", file, good_with("## Key Facts\n\n- A\n\n", "")));
  CHECK(places("part-empty", file, good_with("- A\n\n", "")) == std::vector<std::string>{"part-empty:20"});
  CHECK(has("part-missing", file, good_with("## Sources", "## Quellen")));
}

TEST_CASE("a summary has three sentences, and a full stop within one does not end it") {
  const auto summary = [](const std::string& text) { return good_with("Text.", text); };
  CHECK(places("part-length", file, summary("One. Two. Three. Four.")) ==
        std::vector<std::string>{"part-length:16"});
  CHECK(has("part-length", file, summary("One.\n\nTwo! Three?\n\nFour and no mark")));
  CHECK_FALSE(has("part-length", file, summary("One. Two. Three.")));
  CHECK_FALSE(has(
      "part-length", file,
      summary("Acme Inc. of the U.S. Midwest, led by J. Smith, sells v2.5 on acme.example. Two. Three.")));
  CHECK_FALSE(
      has("part-length", file, summary("They say “One. Two. Three. Four.” of it. Two.\n\n- A. B. C. D. E.")));
}

TEST_CASE("an explanation has two to five paragraphs, and lists do not count") {
  const auto explanation = [](int paragraphs) {
    std::string text = "## What It Is\n\n- A list.\n\n";
    for (int i = 0; i < paragraphs; ++i) text += "Words.\n\n";
    return good_with("## Notable", text + "## Notable");
  };
  CHECK(has("part-length", file, explanation(1)));
  CHECK_FALSE(has("part-length", file, explanation(2)));
  CHECK_FALSE(has("part-length", file, explanation(5)));
  CHECK(has("part-length", file, explanation(6)));
}

TEST_CASE("developments go newest first, and a year alone is not out of order") {
  CHECK(has("developments-order", file, good_with("- **2025:** D", "- **2026-06:** D")));
  CHECK_FALSE(has("developments-order", file, good_with("- **2025:** D", "- **2026:** D")));
}

TEST_CASE("a claim's status is one of four") {
  const auto with_status = [](const std::string& status) {
    return good_with("## Sources",
                     "## Claim Verification\n\n### Claim: x\n**Status:** " + status + "\n\n## Sources");
  };
  CHECK_FALSE(has("claim-status", file, with_status("Partially verified")));
  CHECK(has("claim-status", file, with_status("Likely true")));
}

TEST_CASE("source_urls and Sources name the same addresses") {
  CHECK(has("source-list", file, good_with("https://a.org/x) — note", "https://a.org/xy) — note")));
  const std::string more = good + "- [Y](https://b.org/y/)\n";
  CHECK(has("source-urls", file, more));
  CHECK(fixed(file, more).find("  - \"https://a.org/x\"\n  - \"https://b.org/y/\"\n") != std::string::npos);
  CHECK_FALSE(has("source-urls", file, fixed(file, more)));
  // What an annotation links to is no source.
  CHECK_FALSE(has("source-urls", file, good_with("— note", "— see [it](https://c.org)")));
}

TEST_CASE("a relref leads to a page, in the form that its target has") {
  const auto with_relref = [](const std::string& target) {
    return good_with("Text.", "See [x]({{< relref \"" + target + "\" >}}).");
  };
  for (const char* right : {"index-one.md", "../wind/index-one.md", "spectrolab", "#part",
                            "index-one.md#part", "energy/wind/index-one.md"}) {
    INFO(right);
    for (const Finding& finding : findings(file, with_relref(right)))
      FAIL(finding.id + ": " + finding.message);
  }
  CHECK(places("relref-target", file, with_relref("nowhere.md")) ==
        std::vector<std::string>{"relref-target:18"});
  CHECK(has("relref-ambiguous", "energy/_index.md", "[x]({{< relref \"twin.md\" >}})\n"));
  CHECK(has("relref-form", file, with_relref("../wind/index-one")));
  CHECK(has("relref-prefix", file, with_relref("/research/energy/wind/index-one.md")));
  CHECK(fixed(file, with_relref("/research/energy/wind/index-one.md#a")) == with_relref("index-one.md#a"));
  CHECK(fixed(file, with_relref("../wind/index-one")) == with_relref("index-one.md"));
  // Escaped shortcodes and steering are text.
  CHECK_FALSE(has("relref-target", file, good_with("Text.", "{{</* relref \"nowhere.md\" */>}}")));
}

TEST_CASE("a relref in an _index.md is a path from there") {
  CHECK(has("relref-relative", "energy/_index.md", "[x]({{< relref \"index-one.md\" >}})\n"));
  CHECK(fixed("energy/_index.md", "[x]({{< relref \"index-one.md\" >}})\n") ==
        "[x]({{< relref \"wind/index-one.md\" >}})\n");
  CHECK_FALSE(has("relref-relative", "energy/_index.md", "[x]({{< relref \"wind/index-one.md\" >}})\n"));
}

TEST_CASE("the changelog's lines are short, dated, single and newest first") {
  const std::string head = "---\ntitle: c\n---\n\n";
  const std::string line = "- **2026-05-07:** Created [A]({{< relref \"index-one.md\" >}}) — ";
  CHECK_FALSE(has("changelog-length", "changelog/index.md", head + line + std::string(200 - 64, 'x') + "\n"));
  CHECK(has("changelog-length", "changelog/index.md", head + line + std::string(300, 'x') + "\n"));
  CHECK(has("changelog-form", "changelog/index.md", head + "- Created x\n"));
  CHECK(has("changelog-form", "changelog/index.md", head + line + "a\n  b\n"));
  CHECK(has("changelog-form", "changelog/index.md", head + line + "a\n  - b\n"));
  CHECK(has("changelog-order", "changelog/index.md", head + line + "a\n- **2026-05-08:** b\n"));
}

TEST_CASE("bytes, names and links that would do harm are errors") {
  CHECK(places("bytes", file, good + "\xFF\n").size() == 1);
  CHECK(has("bytes", file, good + std::string("\0\n", 2)));
  CHECK(has("file-name", "energy/solar/First Solar.md", good));
  CHECK(has("link-scheme", file, good_with("Text.", "[x](JavaScript:alert(1))")));
}

TEST_CASE("an entry's area is its folder") {
  const std::string elsewhere =
      good_with("research_area: \"energy/solar\"", "research_area: 'energy/wind' # why");
  CHECK(places("research-area", file, elsewhere) == std::vector<std::string>{"research-area:7"});
  CHECK(fixed(file, elsewhere) ==
        good_with("research_area: \"energy/solar\"", "research_area: \"energy/solar\" # why"));
  CHECK_FALSE(has("research-area", "energy/solar/spectrolab/_index.md", good));
}

TEST_CASE("a source stands once in source_urls") {
  CHECK(has("source-twice", file,
            good_with("  - \"https://a.org/x\"\n", "  - \"https://a.org/x\"\n  - \"https://a.org/x/\"\n")));
  CHECK_FALSE(has("source-twice", file, good));
}

TEST_CASE("parts stand in their order, and others where they like") {
  const std::string swapped = good_with("## Summary\n\nText.\n\n## Key Facts\n\n- A\n",
                                        "## Key Facts\n\n- A\n\n## Market\n\nx\n\n## Summary\n\nText.\n");
  CHECK(places("part-order", file, swapped).size() == 1);
  CHECK_FALSE(has("part-order", file, good_with("## Sources", "## Market\n\nx\n\n## Sources")));
}

TEST_CASE("each development has its date") {
  CHECK(has("development-undated", file, good_with("- **2025:** D", "- D")));
  CHECK_FALSE(has("development-undated", file, good_with("- **2025:** D", "- **2025-Q3:** D\n  - detail")));
}

TEST_CASE("a claim has a status, sources and a summary") {
  const auto with_claim = [](const std::string& claim) {
    return good_with("## Sources", "## Claim Verification\n\n### Claim: x\n" + claim + "\n\n## Sources");
  };
  CHECK_FALSE(has("claim-incomplete", file,
                  with_claim("**Status:** Verified\n\n- [a](https://a.org/x)\n\n**Summary:** x")));
  CHECK(has("claim-incomplete", file, with_claim("**Status:** Verified\n\n**Summary:** x")));
  CHECK(has("claim-incomplete", file, with_claim("**Status:** Verified")));
  CHECK(has("claim-incomplete", file, with_claim("text")));
}

TEST_CASE("a section page has no parts of entries, and its tables stand in their order") {
  CHECK(has("section-content", "energy/_index.md", "## Notable Developments\n\n- x\n"));
  CHECK_FALSE(has("section-content", "energy/_index.md", "## Overview\n\nx\n"));
  CHECK(has("tier-order", "energy/_index.md",
            "### Public Companies\n\nx\n\n### Startups & Development Partners\n\nx\n"));
  CHECK_FALSE(has("tier-order", "energy/_index.md",
                  "### Startups & Development Partners\n\nx\n\n### Incumbents\n\nx\n"));
}

TEST_CASE("a TODO comment is noted, and not one in code") {
  CHECK(places("todo", file, good_with("Text.", "Text.\n<!-- TODO: more -->")) ==
        std::vector<std::string>{"todo:19"});
  CHECK_FALSE(has("todo", file, good_with("Text.", "```\n<!-- TODO -->\n```")));
}

TEST_CASE("a check that is turned off finds nothing") {
  SectionFacts facts;
  const CheckContext context{built_in_conventions(), pages, facts, "2027-11-23", {"stale"}, true};
  CHECK(check_page(file, Document::parse(good), context).empty());
}

TEST_CASE("fixes of many findings do not disturb each other") {
  const std::string text = good_with(disclaimer_of(built_in_conventions()) + "\n\n", "") +
                           "- [Y](https://b.org/y)\n- [Z](https://c.org/z) {{< relref "
                           "\"/research/energy/wind/index-one.md\" >}}\n";
  const std::string mended = fixed(file, text);
  for (const Finding& finding : findings(file, mended)) CHECK(finding.id == "source-unused");
}
