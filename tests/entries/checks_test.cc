#include <algorithm>

#include "entries/page_templates.h"
#include "tests/entries/check_support.h"
#include "tests/support/catch.h"

using namespace stubkeeper::entries;
using namespace stubkeeper::entries::checks;

TEST_CASE("an entry by the rules has no finding") {
  for (const Finding& finding : run_checks(file, valid_entry)) FAIL(finding.id + ": " + finding.message);
}

TEST_CASE("every rule has an id, a severity and a summary, once") {
  std::vector<std::string> ids;
  for (const CheckRule& rule : built_in_conventions().checks.rules) {
    CHECK_FALSE(rule.id.empty());
    CHECK_FALSE(rule.summary.empty());
    CHECK(std::find(ids.begin(), ids.end(), rule.id) == ids.end());
    ids.push_back(rule.id);
  }
  CHECK(built_in_conventions().style.max_changelog_characters == 200);
  CHECK(built_in_conventions().style.entry.required.size() == 8);
}

TEST_CASE("front matter is checked for what it must, must not and may not hold") {
  CHECK(finding_lines("front-matter-missing", file, valid_entry_with("description: \"d\"\n", "")).size() == 1);
  CHECK(finding_lines("front-matter-missing", file, valid_entry_with("description: \"d\"", "description: \"\"")) ==
        std::vector<std::string>{"front-matter-missing:6"});
  CHECK(has_finding("front-matter-missing", file,
            valid_entry_with("source_urls:\n  - \"https://a.org/x\"\n", "source_urls: []\n")));
  CHECK(has_finding("front-matter-forbidden", file, valid_entry_with("draft: false\n", "draft: false\ntags: [a]\n")));
  CHECK(has_finding("front-matter-date", file, valid_entry_with("date: 2026-01-02", "date: 2. Januar")));
  CHECK(has_finding("front-matter-broken", file, valid_entry_with("title: \"First Solar\"", "title: [")));
  CHECK(has_finding("front-matter-missing", "energy/_index.md", "---\ntitle: x\n---\n"));
}

TEST_CASE("a page past its review date is noted with its days, and only then") {
  CHECK_FALSE(has_finding("stale", file, valid_entry_with("stale_after_days: 180", "stale_after_days: 52")));
  CHECK(has_finding("stale", file, valid_entry_with("stale_after_days: 180", "stale_after_days: 51")));
}

TEST_CASE("a missing disclaimer is put below the front matter") {
  const std::string without = valid_entry_with(entry_disclaimer(built_in_conventions()) + "\n\n", "");
  CHECK(has_finding("disclaimer", file, without));
  CHECK(apply_all_fixes(file, without) == valid_entry);
}

TEST_CASE("parts that are missing or empty are named with their line") {
  CHECK(has_finding("part-missing", file, valid_entry_with("## Key Facts\n\n- A\n\n", "")));
  CHECK(finding_lines("part-empty", file, valid_entry_with("- A\n\n", "")) == std::vector<std::string>{"part-empty:20"});
  CHECK(has_finding("part-missing", file, valid_entry_with("## Sources", "## Quellen")));
}

TEST_CASE("a summary has three sentences, and a full stop within one does not end it") {
  const auto summary = [](const std::string& text) { return valid_entry_with("Text.", text); };
  CHECK(finding_lines("part-length", file, summary("One. Two. Three. Four.")) ==
        std::vector<std::string>{"part-length:16"});
  CHECK(has_finding("part-length", file, summary("One.\n\nTwo! Three?\n\nFour and no mark")));
  CHECK_FALSE(has_finding("part-length", file, summary("One. Two. Three.")));
  CHECK_FALSE(has_finding(
      "part-length", file,
      summary("Acme Inc. of the U.S. Midwest, led by J. Smith, sells v2.5 on acme.example. Two. Three.")));
  CHECK_FALSE(
      has_finding("part-length", file, summary("They say “One. Two. Three. Four.” of it. Two.\n\n- A. B. C. D. E.")));
}

TEST_CASE("an explanation has two to five paragraphs, and lists do not count") {
  const auto explanation = [](int paragraphs) {
    std::string text = "## What It Is\n\n- A list.\n\n";
    for (int i = 0; i < paragraphs; ++i) text += "Words.\n\n";
    return valid_entry_with("## Notable", text + "## Notable");
  };
  CHECK(has_finding("part-length", file, explanation(1)));
  CHECK_FALSE(has_finding("part-length", file, explanation(2)));
  CHECK_FALSE(has_finding("part-length", file, explanation(5)));
  CHECK(has_finding("part-length", file, explanation(6)));
}

TEST_CASE("developments go newest first, and a year alone is not out of order") {
  CHECK(has_finding("developments-order", file, valid_entry_with("- **2025:** D", "- **2026-06:** D")));
  CHECK_FALSE(has_finding("developments-order", file, valid_entry_with("- **2025:** D", "- **2026:** D")));
}

TEST_CASE("a claim's status is one of four") {
  const auto with_status = [](const std::string& status) {
    return valid_entry_with("## Sources",
                     "## Claim Verification\n\n### Claim: x\n**Status:** " + status + "\n\n## Sources");
  };
  CHECK_FALSE(has_finding("claim-status", file, with_status("Partially verified")));
  CHECK(has_finding("claim-status", file, with_status("Likely true")));
}

TEST_CASE("source_urls and Sources name the same addresses") {
  CHECK(has_finding("source-list", file, valid_entry_with("https://a.org/x) — note", "https://a.org/xy) — note")));
  const std::string more = valid_entry + "- [Y](https://b.org/y/)\n";
  CHECK(has_finding("source-urls", file, more));
  CHECK(apply_all_fixes(file, more).find("  - \"https://a.org/x\"\n  - \"https://b.org/y/\"\n") != std::string::npos);
  CHECK_FALSE(has_finding("source-urls", file, apply_all_fixes(file, more)));
  // What an annotation links to is no source.
  CHECK_FALSE(has_finding("source-urls", file, valid_entry_with("— note", "— see [it](https://c.org)")));
}

TEST_CASE("a relref leads to a page, in the form that its target has") {
  const auto with_relref = [](const std::string& target) {
    return valid_entry_with("Text.", "See [x]({{< relref \"" + target + "\" >}}).");
  };
  for (const char* right : {"index-one.md", "../wind/index-one.md", "spectrolab", "#part",
                            "index-one.md#part", "energy/wind/index-one.md"}) {
    INFO(right);
    for (const Finding& finding : run_checks(file, with_relref(right)))
      FAIL(finding.id + ": " + finding.message);
  }
  CHECK(finding_lines("relref-target", file, with_relref("nowhere.md")) ==
        std::vector<std::string>{"relref-target:18"});
  CHECK(has_finding("relref-ambiguous", "energy/_index.md", "[x]({{< relref \"twin.md\" >}})\n"));
  CHECK(has_finding("relref-form", file, with_relref("../wind/index-one")));
  CHECK(has_finding("relref-prefix", file, with_relref("/research/energy/wind/index-one.md")));
  CHECK(apply_all_fixes(file, with_relref("/research/energy/wind/index-one.md#a")) == with_relref("index-one.md#a"));
  CHECK(apply_all_fixes(file, with_relref("../wind/index-one")) == with_relref("index-one.md"));
  // Escaped shortcodes and steering are text.
  CHECK_FALSE(has_finding("relref-target", file, valid_entry_with("Text.", "{{</* relref \"nowhere.md\" */>}}")));
}

TEST_CASE("a relref in an _index.md is a path from there") {
  CHECK(has_finding("relref-relative", "energy/_index.md", "[x]({{< relref \"index-one.md\" >}})\n"));
  CHECK(apply_all_fixes("energy/_index.md", "[x]({{< relref \"index-one.md\" >}})\n") ==
        "[x]({{< relref \"wind/index-one.md\" >}})\n");
  CHECK_FALSE(has_finding("relref-relative", "energy/_index.md", "[x]({{< relref \"wind/index-one.md\" >}})\n"));
}

TEST_CASE("the changelog's lines are short, dated, single and newest first") {
  const std::string head = "---\ntitle: c\n---\n\n";
  const std::string line = "- **2026-05-07:** Created [A]({{< relref \"index-one.md\" >}}) — ";
  CHECK_FALSE(has_finding("changelog-length", "changelog/index.md", head + line + std::string(200 - 64, 'x') + "\n"));
  CHECK(has_finding("changelog-length", "changelog/index.md", head + line + std::string(300, 'x') + "\n"));
  CHECK(has_finding("changelog-form", "changelog/index.md", head + "- Created x\n"));
  CHECK(has_finding("changelog-form", "changelog/index.md", head + line + "a\n  b\n"));
  CHECK(has_finding("changelog-form", "changelog/index.md", head + line + "a\n  - b\n"));
  CHECK(has_finding("changelog-order", "changelog/index.md", head + line + "a\n- **2026-05-08:** b\n"));
}

TEST_CASE("bytes, names and links that would do harm are errors") {
  CHECK(finding_lines("bytes", file, valid_entry + "\xFF\n").size() == 1);
  CHECK(has_finding("bytes", file, valid_entry + std::string("\0\n", 2)));
  CHECK(has_finding("file-name", "energy/solar/First Solar.md", valid_entry));
  CHECK(has_finding("link-scheme", file, valid_entry_with("Text.", "[x](JavaScript:alert(1))")));
}

TEST_CASE("an entry's area is its folder") {
  const std::string elsewhere =
      valid_entry_with("research_area: \"energy/solar\"", "research_area: 'energy/wind' # why");
  CHECK(finding_lines("research-area", file, elsewhere) == std::vector<std::string>{"research-area:7"});
  CHECK(apply_all_fixes(file, elsewhere) ==
        valid_entry_with("research_area: \"energy/solar\"", "research_area: \"energy/solar\" # why"));
  CHECK_FALSE(has_finding("research-area", "energy/solar/spectrolab/_index.md", valid_entry));
}

TEST_CASE("a source stands once in source_urls") {
  CHECK(has_finding("source-twice", file,
            valid_entry_with("  - \"https://a.org/x\"\n", "  - \"https://a.org/x\"\n  - \"https://a.org/x/\"\n")));
  CHECK_FALSE(has_finding("source-twice", file, valid_entry));
}

TEST_CASE("parts stand in their order, and others where they like") {
  const std::string swapped = valid_entry_with("## Summary\n\nText.\n\n## Key Facts\n\n- A\n",
                                        "## Key Facts\n\n- A\n\n## Market\n\nx\n\n## Summary\n\nText.\n");
  CHECK(finding_lines("part-order", file, swapped).size() == 1);
  CHECK_FALSE(has_finding("part-order", file, valid_entry_with("## Sources", "## Market\n\nx\n\n## Sources")));
}

TEST_CASE("each development has its date") {
  CHECK(has_finding("development-undated", file, valid_entry_with("- **2025:** D", "- D")));
  CHECK_FALSE(has_finding("development-undated", file, valid_entry_with("- **2025:** D", "- **2025-Q3:** D\n  - detail")));
}

TEST_CASE("a claim has a status, sources and a summary") {
  const auto with_claim = [](const std::string& claim) {
    return valid_entry_with("## Sources", "## Claim Verification\n\n### Claim: x\n" + claim + "\n\n## Sources");
  };
  CHECK_FALSE(has_finding("claim-incomplete", file,
                  with_claim("**Status:** Verified\n\n- [a](https://a.org/x)\n\n**Summary:** x")));
  CHECK(has_finding("claim-incomplete", file, with_claim("**Status:** Verified\n\n**Summary:** x")));
  CHECK(has_finding("claim-incomplete", file, with_claim("**Status:** Verified")));
  CHECK(has_finding("claim-incomplete", file, with_claim("text")));
}

TEST_CASE("a section page has no parts of entries, and its tables stand in their order") {
  CHECK(has_finding("section-content", "energy/_index.md", "## Notable Developments\n\n- x\n"));
  CHECK_FALSE(has_finding("section-content", "energy/_index.md", "## Overview\n\nx\n"));
  CHECK(has_finding("tier-order", "energy/_index.md",
            "### Public Companies\n\nx\n\n### Startups & Development Partners\n\nx\n"));
  CHECK_FALSE(has_finding("tier-order", "energy/_index.md",
                  "### Startups & Development Partners\n\nx\n\n### Incumbents\n\nx\n"));
}

TEST_CASE("a TODO comment is noted, and not one in code") {
  CHECK(finding_lines("todo", file, valid_entry_with("Text.", "Text.\n<!-- TODO: more -->")) ==
        std::vector<std::string>{"todo:19"});
  for (const char* code : {"```\n<!-- TODO -->\n```", "Write `<!-- TODO -->` there.", "- a\n  ```\n  <!-- TODO -->\n  ```",
                           "Write \\<!-- TODO --> there."})
    CHECK_FALSE(has_finding("todo", file, valid_entry_with("Text.", code)));
}

TEST_CASE("a check that is turned off finds nothing") {
  SectionIndex facts;
  const CheckContext context{built_in_conventions(), pages, facts, "2027-11-23", {"stale"}, true};
  CHECK(check_page(file, Document::parse(valid_entry), context).empty());
}

TEST_CASE("fixes of many findings do not disturb each other") {
  const std::string text = valid_entry_with(entry_disclaimer(built_in_conventions()) + "\n\n", "") +
                           "- [Y](https://b.org/y)\n- [Z](https://c.org/z) {{< relref "
                           "\"/research/energy/wind/index-one.md\" >}}\n";
  const std::string mended = apply_all_fixes(file, text);
  for (const Finding& finding : run_checks(file, mended)) CHECK(finding.id == "source-unused");
}
