#include "crawler/content.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;

namespace {

Content read(const std::string& html, const std::string& address = "https://example.org/news/a",
             const std::string& type = "text/html") {
  auto content = read_page(html, type, address);
  INFO((content.ok() ? "" : content.error().text()));
  REQUIRE(content.ok());
  return *content;
}

}  // namespace

TEST_CASE("a page's main text comes without what stands around it, in blocks") {
  const auto content = read(
      "<html><body><nav><a href=/>Home</a></nav><header>Site</header><main><h1>Title</h1><p>First "
      "<b>bold</b>\n text.</p><ul><li>One<li>Two</ul>"
      "<table><tr><th>A<th>B<tr><td>1<td>2</table><pre>code\n  "
      "line</pre><aside>Related</aside></main><footer>© 2026</footer></body></html>");
  CHECK(content.text ==
        "# Title\n\nFirst bold text.\n\n- One\n\n- Two\n\n| A | B |\n\n| 1 | 2 |\n\ncode\n  line");
}

TEST_CASE("scripts, hidden elements, cookie notices and comments are no text") {
  const auto content = read(
      "<body><article><p>Kept, and long enough to be what the page is about.</p><script>var x = "
      "'no';</script><style>p{}</style><p hidden>no</p>"
      "<p style='display: none'>no</p><div class=cookie-banner>no</div><!-- no "
      "--><noscript>no</noscript></article><div id=comments>no</div></body>");
  CHECK(content.text == "Kept, and long enough to be what the page is about.");
}

TEST_CASE("metadata comes from JSON-LD first") {
  const auto content = read(
      R"(<html lang="en-GB"><head><title>Tag | Site</title><meta property="og:title" content="Open Graph"><meta property="og:site_name" content="The Site">
      <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Organization","name":"Org"},
      {"@type":["NewsArticle"],"headline":"Pumps &amp; Co","author":[{"@type":"Person","name":"Jane Doe"},{"@id":"#b"}],
      "datePublished":"2026-05-07T09:30:00+02:00","dateModified":"2026-05-08","publisher":{"@type":"Organization","name":"Org"}},
      {"@type":"Person","@id":"#b","name":"John Roe"}]}</script><link rel="canonical" href="../b?c=d"></head><body><p>x</p></body></html>)");
  CHECK(content.title == "Pumps & Co");
  CHECK(content.author == "Jane Doe, John Roe");
  CHECK(content.published == "2026-05-07T09:30:00+02:00");
  CHECK(content.modified == "2026-05-08");
  CHECK(content.language == "en-GB");
  CHECK(content.site_name == "The Site");
  CHECK(content.canonical_url == "https://example.org/b?c=d");
}

TEST_CASE("metadata comes from meta elements, microdata, time and byline where there is no JSON-LD") {
  CHECK(read("<meta property=article:published_time content='2026-05-07'><meta name=author content='By Jane "
             "Doe'>")
            .published == "2026-05-07");
  CHECK(read("<meta name=author content='By Jane Doe'>").author == "Jane Doe");
  CHECK(
      read("<meta name=author content='https://example.org/jane'><p class=byline>Von Jane Doe</p>").author ==
      "Jane Doe");
  CHECK(read("<span itemprop=datePublished content='2026-05-07T10:00:00Z'>x</span>").published ==
        "2026-05-07T10:00:00Z");
  CHECK(read("<article><time datetime='2026-05-07'>7 May</time><p>x</p></article>").published ==
        "2026-05-07");
  CHECK(read("<p>x</p>", "https://example.org/2026/05/07/title").published == "2026-05-07");
  CHECK(read("<p>x</p>", "https://example.org/2026/05/title").published == "2026-05");
  CHECK(read("<p>x</p>", "https://example.org/1234/56/title").published == "");
  CHECK(read("<div class=post-date>Published: 7 May 2026 | 5 min read</div><p>x</p>").published ==
        "2026-05-07");
  CHECK(read("<script type='application/ld+json'>{broken</script><meta property=og:title content=T>").title ==
        "T");
}

TEST_CASE("what a page does not say is empty, and no date is made up") {
  const auto content = read("<p>Only text.</p>", "https://example.org/about");
  CHECK(content.title == "");
  CHECK(content.author == "");
  CHECK(content.published == "");
  CHECK(content.language == "");
}

TEST_CASE("a title is given without the site's name") {
  CHECK(
      read("<title>Pumps | The Site</title><meta property=og:site_name content='The Site'><p>x</p>").title ==
      "Pumps");
  CHECK(read("<title>Pumps | Motors</title><meta property=og:site_name content='The Site'><p>x</p>").title ==
        "Pumps | Motors");
  CHECK(read("<title>x</title><h1>The only heading</h1>").title == "The only heading");
}

TEST_CASE("the charset is a BOM's, the header's, the page's own, else what the bytes are") {
  CHECK(read("<meta charset=iso-8859-1><p>Caf\xE9 5\x80</p>").text == "Café 5€");
  CHECK(read("<p>Caf\xE9</p>", "https://example.org", "text/html; charset=windows-1252").text == "Café");
  CHECK(read("\xEF\xBB\xBF<meta charset=iso-8859-1><p>Café</p>").text == "Café");
  CHECK(read("<p>Café</p>").text == "Café");
  CHECK(read(std::string("\xFF\xFE<\0p\0>\0\xE9\0", 10)).text == "é");
}

TEST_CASE("pages that were made to hurt are read or refused, soon") {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<div>";
  CHECK(read_page(deep + "text", "text/html", "").ok());
  std::string attributes = "<p ";
  for (int i = 0; i < 100'000; ++i) attributes += "a" + std::to_string(i) + "=1 ";
  CHECK(read_page(attributes + ">text", "text/html", "").ok());
  std::string json = "<script type='application/ld+json'>" + std::string(100'000, '[') + "</script><p>x";
  CHECK(read(json).text == "x");
  std::string formatting;
  for (int i = 0; i < 20'000; ++i) formatting += "<b><p>";
  CHECK_NOTHROW(read_page(formatting, "text/html", ""));
}

TEST_CASE("what bytes are is told by their beginning, then the type, then the address") {
  CHECK(recognize("<?xml version='1.0'?><rss>", "text/html", "") == ContentKind::feed);
  CHECK(recognize("<feed xmlns='http://www.w3.org/2005/Atom'>", "application/xml", "") == ContentKind::feed);
  CHECK(recognize("{\"version\": \"https://jsonfeed.org/version/1.1\"}", "application/json", "") ==
        ContentKind::feed);
  CHECK(recognize("<urlset>", "text/xml", "") == ContentKind::sitemap);
  CHECK(recognize("%PDF-1.7", "text/html", "") == ContentKind::pdf);
  CHECK(recognize("<!doctype html><p>", "", "") == ContentKind::page);
  CHECK(recognize("# Notes", "text/plain", "") == ContentKind::text);
  CHECK(recognize("# Notes", "", "/notes/a.md") == ContentKind::text);
  CHECK(recognize("\x89PNG\r\n", "image/png", "a.png") == ContentKind::unknown);
}

TEST_CASE("a Markdown file gives its front matter's title and date, and its text as it stands") {
  const auto content =
      *read_text("---\ntitle: \"Notes\"\ndate: 2026-05-07\n---\n\n# H\r\n\r\nOne\ntwo.\n", "notes.md");
  CHECK(content.title == "Notes");
  CHECK(content.published == "2026-05-07");
  CHECK(content.text == "# H\n\nOne\ntwo.");
  CHECK(read_text("# Heading\n\ntext", "x.md")->title == "Heading");
  CHECK(read_text("text", "/a/b/notes.txt")->title == "notes");
}

TEST_CASE("a page that says all it says in noscript is read there") {
  CHECK(read("<body><div id=app>Loading</div><noscript><article><p>What the forum says to those without "
             "scripts.</p></article></noscript></body>")
            .text.find("What the forum says") != std::string::npos);
  CHECK(read("<body><article><p>What the page says to everybody, at some length.</p></article><noscript>Turn "
             "on scripts</noscript></body>")
            .text == "What the page says to everybody, at some length.");
}

TEST_CASE("a date in the lines below the title is taken where nothing else tells one") {
  CHECK(read("<h1>Title</h1><div><span>Jane Doe</span> · <span>Updated <!-- -->May 7, "
             "2026</span></div><p>Text.</p>")
            .published == "2026-05-07");
  CHECK(read("<h1>Title</h1><p>In a long sentence of the text somebody says that on May 7, 2026 something or "
             "other happened to somebody else, at length.</p>")
            .published == "");
}

TEST_CASE("lists of links beside a text are left out, and a page that is a list of links is that list") {
  std::string links = "<ul>";
  for (int i = 0; i < 8; ++i)
    links += "<li><a href=/" + std::to_string(i) + ">Thread " + std::to_string(i) + "</a>";
  links += "</ul>";
  std::string text;
  for (int i = 0; i < 6; ++i)
    text += "<p>Paragraph " + std::to_string(i) +
            " says something at a length that makes it text, and no list of links.</p>";
  CHECK(read("<body><main>" + links + text + "</main></body>").text.find("Thread") == std::string::npos);
  CHECK(read("<body><main><p>All threads.</p>" + links + "</main></body>").text.find("Thread 7") !=
        std::string::npos);
}
