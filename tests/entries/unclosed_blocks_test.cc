// Blocks that a page opens and never closes take no edit.

#include "entries/markdown/unclosed_blocks.h"

#include "entries/edit.h"
#include "tests/support/identified_blocks.h"

using namespace stubkeeper;
using namespace stubkeeper::entries;
using stubkeeper::testing::identified;

namespace {

const std::string head = "---\ntitle: \"Basel\"\n---\n\n## Notable Developments\n\n- **2025-11:** Old.\n\n";

std::string unclosed_in(const std::string& text) {
  const auto found = find_unclosed_block(Document::parse(head + text));
  if (!found) return "";
  CHECK((head + text).substr(found->begin).starts_with(text.substr(0, text.find('\n'))));
  return found->name + " in line " + std::to_string(found->first_line);
}

}  // namespace

TEST_CASE("a block without an end is found with its line") {
  CHECK(unclosed_in("```\nx\n\n## Sources\n") == "code fence in line 9");
  CHECK(unclosed_in("~~~~ text\nx\n~~~\n") == "code fence in line 9");
  CHECK(unclosed_in("<!-- x\n\n## Sources\n") == "comment in line 9");
  CHECK(unclosed_in("<script>\nx\n") == "<script> in line 9");
  CHECK(unclosed_in("<pre>\nx\n") == "<pre> in line 9");
  CHECK(unclosed_in("{{< figure src=\"x\"\n\n## Sources\n") == "shortcode in line 9");
  CHECK(unclosed_in("{{< details >}}\n\n## Sources\n") == "shortcode in line 9");
  CHECK(unclosed_in("{{< box >}}\na\n\n{{< box >}}\nb\n{{< /box >}}\n") == "shortcode in line 9");
}

TEST_CASE("what is closed, or ends by itself, is none") {
  for (const char* text : {"```\nx\n```\n", "```\nx\n`````\n", "    ```\n    x\n", "<!-- x\n\ny -->\n",
                           "<!-- {{< x >}}\n{{< y >}}\n-->\n", "- item\n  ```\n  x\n\n- item\n",
                           "> ```\n> x\n\ntext\n", "<div>\n\ntext\n", "<preview>\n\nx\n", "a <!-- b\n",
                           "<SCRIPT>\nx\n</Script>\n", "{{< figure src=\"x\" >}}\n",
                           "{{< box >}}\na\n{{< /box >}}\n", "{{< box />}}\n\n{{< box >}}\na\n{{< /box >}}\n",
                           "```\n{{< details >}}\n```\n", "{{</* details */>}}\n"}) {
    INFO(text);
    CHECK(unclosed_in(text) == "");
  }
}

TEST_CASE("a page with a block without an end takes no text, and says why; its fields can be set") {
  const auto document = identified(head + "```\nx\n");
  Edit edit;
  edit.kind = EditKind::prepend_development;
  edit.date = "2026-03";
  edit.text = "News.";
  const auto refused = apply_edit(document, edit);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::refused);
  CHECK(refused.error().text().find("line 9 opens a code fence that is never closed") != std::string::npos);
  CHECK_FALSE(add_cited_sources(document, {{"https://b.org", "B"}}, {}).ok());
  // It can be looked at.
  CHECK(preview_edit(document, edit).ok());
  Edit date;
  date.kind = EditKind::set_field;
  date.target = "last_reviewed";
  date.text = "2026-11-30";
  date.style = ScalarStyle::bare_date;
  CHECK(apply_edit(document, date).ok());
}
