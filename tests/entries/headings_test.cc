// Headings by their words, and the groups of developments that they make.

#include "entries/markdown/headings.h"

#include "entries/edit.h"
#include "entries/edits/dated_groups.h"
#include "tests/support/identified_blocks.h"

using namespace stubkeeper;
using namespace stubkeeper::entries;
using stubkeeper::testing::identified;

namespace {

std::string page_with(const std::string& developments) {
  return "---\ntitle: \"Basel\"\n---\n\n## Summary\n\nPumps.\n\n" + developments +
         "\n## Sources\n\n- [A](https://a.org)\n";
}

std::string with_news(const std::string& developments, const std::string& date = "2026-03") {
  Edit edit;
  edit.kind = EditKind::prepend_development;
  edit.part = "Notable Developments";
  edit.date = date;
  edit.text = "News.";
  const auto document = identified(page_with(developments));
  const auto result = apply_edit(document, edit);
  INFO((result.ok() ? "" : result.error().text()));
  REQUIRE(result.ok());
  // A second time it changes nothing.
  CHECK(apply_edit(identified(*result), edit).value() == *result);
  return *result;
}

std::optional<std::string> period_of(const std::string& heading) {
  const auto period = parse_heading_period(heading);
  if (!period) return std::nullopt;
  return period->first_month + " " + period->last_month;
}

}  // namespace

TEST_CASE("a heading's words are without signs, tags and attributes around them") {
  for (const char* heading :
       {"Notable Developments", "📰 Notable Developments", "Notable Developments 🗞️",
        "**Notable Developments**", "Notable Developments {#news .wide}",
        "{{< icon \"news\" >}} Notable Developments", "[Notable Developments](/news)",
        "![](n.png) Notable Developments", ":newspaper: Notable Developments",
        "<span id=\"x\">Notable Developments</span>", "4. Notable Developments", "— Notable Developments:"}) {
    INFO(heading);
    CHECK(heading_words(heading) == "Notable Developments");
  }
  CHECK(heading_words("Schlüsselfakten") == "Schlüsselfakten");
  CHECK(heading_words("📰") == "");
}

TEST_CASE("a part is known by its heading's words, and gets no second heading") {
  for (const char* heading : {"## 📰 Notable Developments", "## Notable Developments {#news}",
                              "## {{< icon news >}} Notable Developments", "Notable Developments\n---",
                              "## **Recent Developments** 🚀"}) {
    INFO(heading);
    const std::string list = std::string{heading} + "\n\n- **2025-11:** Old.\n";
    CHECK(with_news(list) ==
          page_with(std::string{heading} + "\n\n- **2026-03:** News.\n- **2025-11:** Old.\n"));
  }
}

TEST_CASE("a part in a shortcode is edited there, and gets no second heading") {
  const std::string before = "{{% details %}}\n\n## Notable Developments\n\n";
  const std::string after = "- **2025-11:** Old.\n\n{{% /details %}}\n";
  CHECK(with_news(before + after) == page_with(before + "- **2026-03:** News.\n" + after));
  // Sources too.
  const std::string enclosed =
      "---\ntitle: \"Basel\"\n---\n\n{{< box >}}\n## Sources\n\n- [A](https://a.org)\n{{< /box >}}\n";
  const auto listed =
      add_cited_sources(identified(enclosed), {{"https://b.org", "B"}, {"https://a.org", "A"}}, {});
  REQUIRE(listed.ok());
  CHECK(listed->print().find("- [A](https://a.org)\n- [B](https://b.org)\n{{< /box >}}") !=
        std::string::npos);
  CHECK(listed->print().find("## Sources") == listed->print().rfind("## Sources"));
}

TEST_CASE("a heading of a time is told from one of a subject") {
  CHECK(period_of("2026") == "2026-01 2026-12");
  CHECK(period_of("2026 (Most Recent)") == "2026-01 2026-12");
  CHECK(period_of("📅 2026") == "2026-01 2026-12");
  CHECK(period_of("Most Recent (2026)") == "2026-01 2026-12");
  CHECK(period_of("In 2026 so far") == "2026-01 2026-12");
  CHECK(period_of("2026: the first works") == "2026-01 2026-12");
  CHECK(period_of("2026 — the first works") == "2026-01 2026-12");
  CHECK(period_of("Developments of 2026 {#y26}") == "2026-01 2026-12");
  CHECK(period_of("FY2026") == "2026-01 2026-12");
  CHECK(period_of("Jahr 2026") == "2026-01 2026-12");
  CHECK(period_of("March 2026") == "2026-03 2026-03");
  CHECK(period_of("2026-03") == "2026-03 2026-03");
  CHECK(period_of("Q2 2026") == "2026-04 2026-06");
  CHECK(period_of("2026 H2") == "2026-07 2026-12");
  CHECK(period_of("2024–2026") == "2024-01 2026-12");
  CHECK(period_of("2024 to 2026") == "2024-01 2026-12");
  CHECK(period_of("2024–26") == "2024-01 2026-12");
  CHECK(period_of("2025–present") == "2025-01 9999-12");
  for (const char* heading : {"The 2023 Nature Paper", "People — Last Reviewed: 2026-03-31", "Funding",
                              "2026-03-31", "Zoning Action (2024–2025)", "RFC 9370", "1200", ""}) {
    INFO(heading);
    CHECK(period_of(heading) == std::nullopt);
  }
}

TEST_CASE("a development goes below the heading of its time, whatever its level") {
  for (const char* heading : {"### 2026 (Most Recent)", "#### 2026", "###### In 2026", "### 2024–2026"}) {
    INFO(heading);
    const std::string before = "## Notable Developments\n\n" + std::string{heading} + "\n\n";
    const std::string after = "- **2026-01:** Old.\n\n### 2019\n\n- **2019-11:** Older.\n";
    CHECK(with_news(before + after) == page_with(before + "- **2026-03:** News.\n" + after));
  }
  const std::string months =
      "## Notable Developments\n\n### 2026\n\n#### March\n\n- **2026-02:** x\n\n#### March 2026\n\n- **2026-03:** Old.\n";
  CHECK(with_news(months, "2026-03-14")
            .find("#### March 2026\n\n- **2026-03-14:** News.\n- **2026-03:** Old.\n") != std::string::npos);
}

TEST_CASE("a heading of a time without a list gets one") {
  const std::string before = "## Notable Developments\n\n### 2026\n\n";
  CHECK(with_news(before + "### 2025\n\n- **2025-11:** Old.\n") ==
        page_with(before + "- **2026-03:** News.\n\n### 2025\n\n- **2025-11:** Old.\n"));
  CHECK(with_news(before + "A word on it.\n\n### 2025\n\n- **2025-11:** Old.\n") ==
        page_with(before + "A word on it.\n\n- **2026-03:** News.\n\n### 2025\n\n- **2025-11:** Old.\n"));
}

TEST_CASE("a year without its heading among those of other years gets one, in their order") {
  const std::string part = "## Notable Developments\n\n";
  const std::string item = "- **2026-03:** News.\n\n";
  CHECK(with_news(part + "#### 2025\n\n- **2025-11:** Old.\n") ==
        page_with(part + "#### 2026\n\n" + item + "#### 2025\n\n- **2025-11:** Old.\n"));
  CHECK(with_news(part + "### 2027\n\n- **2027-01:** New.\n\n### 2025\n\n- **2025-11:** Old.\n") ==
        page_with(part + "### 2027\n\n- **2027-01:** New.\n\n### 2026\n\n" + item +
                  "### 2025\n\n- **2025-11:** Old.\n"));
  const std::string ascending = "### 2024\n\n- **2024-11:** Older.\n\n### 2025\n\n- **2025-11:** Old.\n";
  CHECK(with_news(part + ascending) == page_with(part + ascending + "\n### 2026\n\n- **2026-03:** News.\n"));
}

TEST_CASE("news of a year without a heading goes to the list that stands before the years") {
  const std::string part = "## Notable Developments\n\n";
  CHECK(with_news(part + "- **2026-01:** Old.\n\n### 2025\n\n- **2025-11:** Older.\n") ==
        page_with(part + "- **2026-03:** News.\n- **2026-01:** Old.\n\n### 2025\n\n- **2025-11:** Older.\n"));
}

TEST_CASE("a task list has the newest first too, and what is new is not ticked") {
  const std::string part = "## Notable Developments\n\n";
  const std::string old = "- [x] **2025-11:** Old.\n- [ ] **2025-10:** Older.\n";
  CHECK(with_news(part + old) == page_with(part + "- [ ] **2026-03:** News.\n" + old));
  CHECK(
      with_news(part + old, "2025-10-20") ==
      page_with(part + "- [x] **2025-11:** Old.\n- [ ] **2025-10-20:** News.\n- [ ] **2025-10:** Older.\n"));
  CHECK(with_news(part + "1. [X] **2025-11**: Old.\n") ==
        page_with(part + "1. [ ] **2026-03**: News.\n1. [X] **2025-11**: Old.\n"));
  // Ticked by hand since, it is there all the same.
  CHECK(with_news(part + "- [x] **2026-03:** News.\n" + old) ==
        page_with(part + "- [x] **2026-03:** News.\n" + old));
}
