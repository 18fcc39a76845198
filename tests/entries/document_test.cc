#include "entries/document.h"

#include <random>

#include "tests/support/catch.h"

using namespace stubkeeper::entries;

namespace {

// The kinds of a text's blocks but blank ones, in a line: "front_matter heading list_item".
std::string kinds(const std::string& text) {
  const Document document = Document::parse(text);
  std::string line;
  for (const Block& block : document.blocks()) {
    if (block.kind == BlockKind::blank) continue;
    line += (line.empty() ? "" : " ") + std::string{block_kind_name(block.kind)};
  }
  return line;
}

void check_lossless(const std::string& text) {
  INFO("the text is:\n" << text);
  const Document document = Document::parse(text);
  REQUIRE(document.print() == text);
  std::size_t at = 0;
  std::size_t line = 1;
  for (const Block& block : document.blocks()) {
    REQUIRE(block.bytes.begin == at);
    REQUIRE(block.bytes.end > at);
    REQUIRE(block.first_line >= line);
    line = block.first_line;
    at = block.bytes.end;
  }
  REQUIRE(at == text.size());
}

// Pieces of which pages are made, well-formed and not.
const std::vector<std::string> pieces{"# Heading",
                                      "## Notable Developments",
                                      "Title\n=====",
                                      "Title\n---",
                                      "Plain text.",
                                      "Text  \nover lines\\\nwith breaks",
                                      "- item",
                                      "  - nested item",
                                      "    continued",
                                      "1. first",
                                      "10) tenth",
                                      "- **2026-05:** dated",
                                      "* [ ] task",
                                      "> quote",
                                      "> - item in quote",
                                      "| a | b |",
                                      "|---|:-:|",
                                      "| 1 | 2 |",
                                      "```",
                                      "```cpp",
                                      "~~~",
                                      "    indented code",
                                      "\tcode after a tab",
                                      "<div>",
                                      "</div>",
                                      "<script>",
                                      "</script>",
                                      "<!-- comment",
                                      "-->",
                                      "<b>inline</b>",
                                      "{{< steering >}}",
                                      "{{< /steering >}}",
                                      "{{% note %}}",
                                      "{{% /note %}}",
                                      "{{</* escaped */>}}",
                                      "{{< relref \"a.md\" >}}",
                                      "{{<",
                                      ">}}",
                                      "[ref]: https://example.org \"Title\"",
                                      "[^1]: note",
                                      "text[^1] and [ref]",
                                      "---",
                                      "+++",
                                      "***",
                                      "$$",
                                      "\\[ x \\]",
                                      "title: x",
                                      "tags = [1]",
                                      "{",
                                      "}",
                                      "\"a\": 1",
                                      "&nbsp; &#0;",
                                      "\xEF\xBB\xBF",
                                      "\xFF\xFE",
                                      std::string(1, '\0'),
                                      "é ü 漢字 👩‍🔬",
                                      "\xE2\x80\xA8",
                                      "\f",
                                      "\v",
                                      "-",
                                      ">",
                                      "#",
                                      "|",
                                      "`",
                                      "_",
                                      "*",
                                      "\\"};

}  // namespace

TEST_CASE("a document is its bytes, whatever they are") {
  for (const std::string text :
       {"", "\n", "\r", "\r\n", "a", "a\r\nb\r\n", "a\rb", "---", "---\n", "---\n---", "---\ntitle: x\n---",
        "{}", "{", "\xEF\xBB\xBF", "\xEF\xBB\xBF---\ntitle: x\n---\n", "\xFF", "- a\n\n\n- b\n",
        "> a\nlazy\n\n\tcode", "{{< a >}}\n{{< b >}}\n{{< /a >}}\n{{< /b >}}"}) {
    check_lossless(text);
  }
  check_lossless(std::string("nul \0 byte\n", 11));
  check_lossless(std::string(5000, '>') + "deep");
  check_lossless(std::string(3000, '[') + std::string(3000, ']'));
}

TEST_CASE("a document made of random pieces is its bytes") {
  std::mt19937 random{7};
  const std::vector<std::string> line_ends{"\n", "\n", "\n\n", "\r\n", "\r", "\n \t\n", ""};
  const auto any = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  for (int i = 0; i < 4000; ++i) {
    std::string text = random() % 3 == 0 ? "---\ntitle: \"x\"\n---\n" : "";
    const std::size_t count = random() % 12;
    for (std::size_t j = 0; j < count; ++j) text += any(pieces) + any(line_ends);
    check_lossless(text);
  }
}

TEST_CASE("a page that was changed is read as a page by itself, whatever became of its front matter") {
  const std::vector<std::string> tops{"",
                                      "---\ntitle: \"x\"\n---\n",
                                      "---\ntitle: \"x\"\n---",
                                      "---\ntitle: \"x\"\nlastmod: 2026-01-01\n---\n",
                                      "---\r\ntitle: x\r\n---\r\n",
                                      "---\ntitle: x\n",
                                      "---\ntitle: [\n---\n",
                                      "\xEF\xBB\xBF---\ntitle: x\n---\n",
                                      "+++\ntitle = \"x\"\n+++\n",
                                      "{\"title\": \"x\"}\n",
                                      "{\"title\": \"x\"}"};
  const std::vector<std::string> bodies{"", "text\n", "---\n", "- a\n- b\n", " trailing"};
  for (const std::string& top_before : tops) {
    for (const std::string& top : tops) {
      for (const std::string& body : bodies) {
        INFO("before: " << top_before << "\nnow: " << top << body);
        const Document before = Document::parse(top_before + "text\n");
        const Document changed = Document::reparse(top + body, before);
        const Document alone = Document::parse(top + body);
        CHECK(changed.print() == alone.print());
        REQUIRE(changed.blocks().size() == alone.blocks().size());
        for (std::size_t i = 0; i < alone.blocks().size(); ++i) {
          CHECK(changed.blocks()[i].bytes == alone.blocks()[i].bytes);
          CHECK(changed.blocks()[i].kind == alone.blocks()[i].kind);
        }
        CHECK(changed.front_matter().kind() == alone.front_matter().kind());
        CHECK(changed.front_matter().end() == alone.front_matter().end());
        CHECK(changed.front_matter().parse_error() == alone.front_matter().parse_error());
        CHECK(changed.front_matter().names() == alone.front_matter().names());
        CHECK(changed.front_matter().scalar("title") == alone.front_matter().scalar("title"));
      }
    }
  }
}

TEST_CASE("what people write becomes the blocks that they see") {
  CHECK(kinds("---\ntitle: x\n---\n\n# H\n\ntext\nmore\n\n- a\n- b\n  - c\n") ==
        "front_matter heading paragraph list_item list_item list_item");
  CHECK(kinds("| a | b |\n|---|---|\n| 1 | 2 |\n") == "table_row table_row table_row");
  CHECK(kinds("> quote\n> more\n\n***\n\n```\ncode\n\nmore\n```\n") == "block_quote thematic_break code");
  CHECK(kinds("<div>\n\n[a]: https://example.org\n") == "html reference_definition");
  CHECK(kinds("Setext\n======\ntext\n") == "heading paragraph");
}

TEST_CASE("a shortcode with its closing tag is one block, also with Markdown within") {
  CHECK(kinds("{{< steering >}}\n\n## Rules\n\n- one\n\n{{< /steering >}}\n\ntext\n") ==
        "shortcode paragraph");
  CHECK(kinds("{{% note %}}\na\n{{% /note %}}\n") == "shortcode");
  // An escaped tag closes nothing; a tag in code does, as Hugo reads shortcodes before Markdown.
  CHECK(kinds("{{< steering >}}\n{{</* /steering */>}}\n\ntext\n{{< /steering >}}\n") == "shortcode");
  CHECK(kinds("{{< steering >}}\n```\n{{< /steering >}}\n\ntext\n") == "shortcode paragraph");
}

TEST_CASE("a block knows its line and the part that it stands in") {
  const Document document =
      Document::parse("# T\n\n## Key Facts\n\n- a\n\n### More\n\n- b\n\n## Sources\n\n- c\n");
  const Block* b = document.block_at_line(9);
  REQUIRE(b != nullptr);
  CHECK(document.text(*b) == "- b\n");
  CHECK(b->part == "Key Facts");
  CHECK(document.block_at_line(13)->part == "Sources");
  CHECK(document.block_at_line(14) == nullptr);
}
