// docs/architecture.md, invariant 6: text from outside stays text. What Hugo's Markdown would make of it is asked of
// cmark-gfm.

#include "entries/markdown_escape.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include "tests/support/catch.h"

using namespace stubkeeper::entries;

namespace {

// The text as HTML by CommonMark with GFM's extensions, raw HTML let through: a page as an unsafe site shows
// it.
std::string html_of(const std::string& markdown) {
  cmark_gfm_core_extensions_ensure_registered();
  cmark_parser* parser = cmark_parser_new(CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES);
  for (const char* name : {"table", "strikethrough", "autolink", "tagfilter", "tasklist"}) {
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name));
  }
  cmark_parser_feed(parser, markdown.data(), markdown.size());
  cmark_node* document = cmark_parser_finish(parser);
  char* html = cmark_render_html(document, CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES,
                                 cmark_parser_get_syntax_extensions(parser));
  std::string text = html;
  free(html);
  cmark_node_free(document);
  cmark_parser_free(parser);
  return text;
}

}  // namespace

TEST_CASE("text from outside shows the same characters and does nothing") {
  for (const std::string text : {"<script>alert(1)</script>",
                                 "<b>bold</b> & <!-- comment -->",
                                 "[a](https://example.org) ![b](c.png)",
                                 "https://example.org and www.example.org",
                                 "# heading",
                                 "- list",
                                 "+ list",
                                 "* list",
                                 "1. list",
                                 "7) list",
                                 "> quote",
                                 "```code```",
                                 "`code`",
                                 "***",
                                 "---",
                                 "===",
                                 "*a* _b_ **c** ~~d~~",
                                 "[^1] [x] [ ] todo",
                                 "[ref]: https://example.org",
                                 "a | b",
                                 "|a|b|",
                                 "&amp; &#65; &nosuch;",
                                 "\\* \\\\",
                                 "<https://example.org>",

                                 "ftp://example.org",
                                 "javascript:alert(1)",
                                 "$x^2$ \\(y\\)"}) {
    INFO(text);
    std::string html = html_of(escape_markdown(text));
    std::string shown = text;
    for (const auto& [from, to] : std::vector<std::pair<std::string, std::string>>{
             {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}}) {
      for (std::size_t at = 0; (at = shown.find(from, at)) != std::string::npos; at += to.size())
        shown.replace(at, from.size(), to);
    }
    CHECK(html == "<p>" + shown + "</p>\n");
  }
}

TEST_CASE("shortcodes from outside are text to Hugo") {
  for (const std::string text :
       {"{{< evil >}}", "{{% evil %}}", "{{</* x */>}}", "{{<x>}}", "{{{<x>}}}", "{{ .Site }}"}) {
    INFO(text);
    const std::string safe = escape_markdown(text);
    CHECK(safe.find("{{<") == std::string::npos);
    CHECK(safe.find("{{%") == std::string::npos);
  }
}

TEST_CASE("line breaks, controls and bidirectional overrides cannot move text") {
  CHECK(escape_markdown("a\n\n# b\r\nc\td") == escape_markdown("a # b c d"));
  const std::string hostile = std::string{"a\x1b[31mb"} + '\0' + "c\xE2\x80\xAE" + "d\xEF\xBB\xBF- e";
  const std::string safe = escape_markdown(hostile);
  CHECK(safe.find('\x1b') == std::string::npos);
  CHECK(safe.find('\0') == std::string::npos);
  CHECK(safe.find("\xE2\x80\xAE") == std::string::npos);
  CHECK(safe.find("\xEF\xBB\xBF") == std::string::npos);
}

TEST_CASE("a link leads to http or https and nowhere else") {
  CHECK(is_safe_link("https://example.org/a?b=c#d"));
  for (const char* address :
       {"javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
        "//example.org", "/a", "https://", "https://user:pw@example.org", "https://example.org/a b",
        "https://example.org/\n", " https://example.org", ""}) {
    INFO(address);
    CHECK_FALSE(is_safe_link(address));
  }
  CHECK(html_of(make_markdown_link("A](x) \"t\"", "https://example.org/a_(b)?c=%3Cd%3E&e")) ==
        "<p><a href=\"https://example.org/a_%28b%29?c=%3Cd%3E&amp;e\">A](x) &quot;t&quot;</a></p>\n");
  CHECK(make_markdown_link("t", "https://example.org/<d>") == "t");
  CHECK(make_markdown_link("title", "javascript:x") == "title");
}
