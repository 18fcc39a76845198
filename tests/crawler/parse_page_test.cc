#include "crawler/content.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;

namespace {

Content read(const std::string& html, const std::string& address = "https://example.org/news/a",
             const std::string& type = "text/html") {
  auto content = parse_page(html, type, address);
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
  CHECK(parse_page(deep + "text", "text/html", "").ok());
  std::string attributes = "<p ";
  for (int i = 0; i < 100'000; ++i) attributes += "a" + std::to_string(i) + "=1 ";
  CHECK(parse_page(attributes + ">text", "text/html", "").ok());
  std::string json = "<script type='application/ld+json'>" + std::string(100'000, '[') + "</script><p>x";
  CHECK(read(json).text == "x");
  std::string formatting;
  for (int i = 0; i < 20'000; ++i) formatting += "<b><p>";
  CHECK_NOTHROW(parse_page(formatting, "text/html", ""));
}

TEST_CASE("what bytes are is told by their beginning, then the type, then the address") {
  CHECK(detect_content_kind("<?xml version='1.0'?><rss>", "text/html", "") == ContentKind::feed);
  CHECK(detect_content_kind("<feed xmlns='http://www.w3.org/2005/Atom'>", "application/xml", "") == ContentKind::feed);
  CHECK(detect_content_kind("{\"version\": \"https://jsonfeed.org/version/1.1\"}", "application/json", "") ==
        ContentKind::feed);
  CHECK(detect_content_kind("<urlset>", "text/xml", "") == ContentKind::sitemap);
  CHECK(detect_content_kind("%PDF-1.7", "text/html", "") == ContentKind::pdf);
  CHECK(detect_content_kind("<!doctype html><p>", "", "") == ContentKind::page);
  CHECK(detect_content_kind("# Notes", "text/plain", "") == ContentKind::text);
  CHECK(detect_content_kind("# Notes", "", "/notes/a.md") == ContentKind::text);
  CHECK(detect_content_kind("\x89PNG\r\n", "image/png", "a.png") == ContentKind::unknown);
}

TEST_CASE("a Markdown file gives its front matter's title and date, and its text as it stands") {
  const auto content =
      *parse_text_file("---\ntitle: \"Notes\"\ndate: 2026-05-07\n---\n\n# H\r\n\r\nOne\ntwo.\n", "notes.md");
  CHECK(content.title == "Notes");
  CHECK(content.published == "2026-05-07");
  CHECK(content.text == "# H\n\nOne\ntwo.");
  CHECK(parse_text_file("# Heading\n\ntext", "x.md")->title == "Heading");
  CHECK(parse_text_file("text", "/a/b/notes.txt")->title == "notes");
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

TEST_CASE("the one line that says when a page was published tells its date and several that differ do not") {
  const std::string text = "<p>Text that says something of pumps to whoever reads it.</p>";
  CHECK(read("<article>" + text + "</article><div class=tail><span>Posted on 7 May 2026</span><span>Tags: " +
             "pumps and " + std::string(200, 'x') + "</span></div>")
            .published == "2026-05-07");
  CHECK(read("<article>" + text + "</article><p>Published&ensp;<b>May 7, 2026</b></p>").published ==
        "2026-05-07");
  CHECK(read("<article>" + text + "</article><p>Posted on 7 May 2026</p><p>Posted on 8 May 2026</p>")
            .published == "");
  CHECK(read("<article><p>Published works of May 7, 2026, are of interest only to those who have read "
             "all that "
             "came before them, and there is much of it.</p></article>")
            .published == "");
}

TEST_CASE(
    "a page that by its metadata was published after it was changed is believed in what it says to readers") {
  const auto page = [](const std::string& published, const std::string& changed) {
    return read(
        "<script type='application/ld+json'>{\"@type\":\"Article\",\"headline\":\"T\",\"datePublished\":\"" +
        published + "\",\"dateModified\":\"" + changed +
        "\"}</script><body><h1>T</h1><div>Published <span>Apr 26, 2023</span></div><div>Updated <span>Aug "
        "21, "
        "2025</span></div><p>Text.</p>");
  };
  CHECK(page("Aug 21, 2025", "Aug 20, 2025").published == "2023-04-26");
  CHECK(page("Aug 20, 2025", "Aug 21, 2025").published == "2025-08-20");
  CHECK(page("2025-08-20T10:00:00Z", "2025-08-20T09:59:59Z").published == "2025-08-20T10:00:00Z");
}

TEST_CASE(
    "a day right behind a link to the author's page is the page's date and a sentence with one is none") {
  CHECK(read("<article><p>Text.</p></article><div><p>Written by <a href=/blog/author/jane>Jane "
             "Doe</a></p><p>May 7, "
             "2026</p></div>")
            .published == "2026-05-07");
  CHECK(read("<article><p>Text.</p></article><div><p>Written by <a href=/blog/author/jane>Jane "
             "Doe</a></p><p>On May "
             "7, 2026 she moved to Graz.</p></div>")
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

namespace {

std::string paragraphs(const std::string& word, int count) {
  std::string html;
  for (int i = 0; i < count; ++i) {
    html += "<p>Paragraph " + std::to_string(i) + " of the " + word +
            " says something at a length that makes it text, and no label of anything.</p>";
  }
  return html;
}

bool holds(const Content& content, const std::string& part) {
  return content.text.find(part) != std::string::npos;
}

const std::string posting =
    "<script type='application/ld+json'>{\"@type\":\"DiscussionForumPosting\"}</script>";

}  // namespace

TEST_CASE("comments are no part of an article however long and are the text of a forum") {
  const std::string page = "<body><article><h1>Pumps</h1>" + paragraphs("article", 2) +
                           "</article><div id=comments><div class=comment>" + paragraphs("reply", 9) +
                           "</div></div>";
  CHECK_FALSE(holds(read(page), "of the reply"));
  CHECK(holds(read(page), "of the article"));
  CHECK(holds(read(posting + page), "of the reply"));
}

TEST_CASE("a thread is read as its posts with author and date and without portraits and signatures") {
  std::string thread;
  for (const std::string name : {"ann", "bob"}) {
    thread += "<div class=post><div class=avatar>Portrait</div><a class=username href=/members/" + name +
              ">" + name +
              "</a> <span class=rank>Moderator</span><time datetime=2026-05-07>7 May 2026</time><div "
              "class=message-body>" +
              paragraphs(name, 2) + "</div><div class=signature>Sent from my pump</div></div>";
  }
  const auto content = read(posting + "<body><h1>Loud pump</h1><div class=thread>" + thread + "</div>");
  CHECK(content.text.starts_with("ann\n\n7 May 2026\n\nParagraph 0 of the ann"));
  CHECK(holds(content, "\n\nbob\n\n7 May 2026\n\nParagraph 0 of the bob"));
  for (const char* beside : {"Portrait", "Moderator", "Sent from"}) CHECK_FALSE(holds(content, beside));
  CHECK(content.author == "ann");
  CHECK(content.published == "2026-05-07");
}

TEST_CASE("a date among an author's particulars is not that of the post") {
  std::string thread;
  for (const std::string name : {"ann", "bob"}) {
    thread += "<div class=post><dl><dt><a href=/members/" + name + ">" + name +
              "</a></dt><dd><b>Founded:</b> Dec 11, 2021</dd></dl><div class=body><p class=head>by " + name +
              " on May 7, 2026 1:47 am</p><div class=content>" + paragraphs(name, 2) + "</div></div></div>";
  }
  CHECK(read(posting + "<body><h1>Loud pump</h1><div class=thread>" + thread + "</div>")
            .published.substr(0, 10) == "2026-05-07");
}

TEST_CASE("what is hidden until its reader opens it is text and a hidden menu or dialog is none") {
  const auto content = read("<body><main>" + paragraphs("page", 4) +
                            "<button aria-expanded=false>Question</button><div role=region hidden>An answer "
                            "in a panel of an accordion.</div>"
                            "<div class=tab-pane style='display:none'>The specification in another tab.</div>"
                            "<div class=mobile-menu hidden>Some words of a menu that nobody came for, "
                            "although they are many words.</div>"
                            "<div class=modal aria-hidden=true>Stay with us, we have a hundred more pages "
                            "like this one for you to see.</div>");
  CHECK(holds(content, "An answer in a panel"));
  CHECK(holds(content, "The specification in another tab"));
  CHECK_FALSE(holds(content, "words of a menu"));
  CHECK_FALSE(holds(content, "Stay with us"));
}

TEST_CASE("a name that sites give to text too drops labels and no prose") {
  CHECK(holds(read("<body><main><div class=content-nav-section>" + paragraphs("section", 5) + "</div>" +
                   paragraphs("page", 9) + "</main>"),
              "of the section"));
  CHECK_FALSE(
      holds(read("<body><main><div class=section-nav>Up Down Left</div>" + paragraphs("page", 5) + "</main>"),
            "Left"));
}

TEST_CASE(
    "sections whose heading says that they are beside the text are left out up to the next of their level") {
  const auto content =
      read("<body><main><h1>Pumps</h1>" + paragraphs("page", 4) +
           "<h2>Related articles</h2><p>Valves</p><h3>More</h3><p>Tubes</p><h2>Sources</h2><p>Ours</p>"
           "<h3>Leave a Reply</h3><p>Your address</p></main>");
  for (const char* beside : {"Related", "Valves", "Tubes", "Leave", "Your address"})
    CHECK_FALSE(holds(content, beside));
  CHECK(holds(content, "## Sources\n\nOurs"));
}

TEST_CASE("labels of controls are left out and what a page says twice is read once") {
  const auto content =
      read("<body><main><p>Pump</p><p>Pump</p>" + paragraphs("page", 2) + paragraphs("page", 2) +
           "<div>Add to cart</div><div>Click to expand...</div></main>");
  CHECK(content.text ==
        "Pump\n\nParagraph 0 of the page says something at a length that makes it text, and no label of "
        "anything.\n\n"
        "Paragraph 1 of the page says something at a length that makes it text, and no label of anything.");
}

TEST_CASE("a product that draws itself by script is described by its JSON-LD") {
  const std::string data =
      "<script type='application/ld+json'>{\"@type\":\"Product\",\"description\":\"<p>A pump that moves "
      "water "
      "through cold plates, quietly.</p><p>It runs for ten years, and is mended at home with one "
      "tool.</p>\"}</script>";
  CHECK(read(data + "<body><p>Pump</p>").text ==
        "Pump\n\nA pump that moves water through cold plates, quietly.\n\nIt runs for ten years, and is "
        "mended at "
        "home with one tool.");
  CHECK(read("<body><p>Pump</p>").text == "Pump");
}

TEST_CASE("a page that asks for scripts and shows only its footer has no text") {
  CHECK(read("<body><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>")
            .text == "");
  CHECK(read("<body><div id=root></div><footer>" + paragraphs("footer", 2) + "</footer>").text == "");
}

TEST_CASE("two links side by side are two words") {
  CHECK(read("<body><p><a href=/a>Action</a><a href=/b>Strategy</a></p>").text == "Action Strategy");
}

TEST_CASE("a title is the heading that readers see where the metadata means the same") {
  CHECK(read("<meta property=og:title content='Best pumps of 2026: all you need to know'><h1>Best pumps of "
             "2026</h1>")
            .title == "Best pumps of 2026");
  CHECK(read("<meta property=og:title content='Best pumps'><h1>Subscribe now</h1>").title == "Best pumps");
  CHECK(read("<title>Quick start — Pumps documentation</title><h1>Quick start¶</h1><h1>Pumps</h1>").title ==
        "Quick start");
  CHECK(read("<title>Pumps | The Pump House</title><p>x</p>", "https://www.thepumphouse.example/a").title ==
        "Pumps");
}

TEST_CASE("an author is found in a byline that goes on and behind the word by") {
  CHECK(read("<div class=byline><a href=/jane>Jane Doe</a> Senior Editor</div>").author == "Jane Doe");
  CHECK(read("<p>Written by <a href=/blog/author/jane-doe>Jane Doe</a></p>").author == "Jane Doe");
  CHECK(read("<p>By <!-- -->Jane van der Berg, <!-- -->May 2026</p>").author == "Jane van der Berg");
  CHECK(read("<p>By signing up you agree to our terms.</p>").author == "");
  CHECK(read("<p class=author>Posted byJane Doe</p>").author == "Jane Doe");
}
