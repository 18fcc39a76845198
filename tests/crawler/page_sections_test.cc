#include "crawler/content.h"
#include "tests/support/catch.h"

using namespace stubkeeper::crawler;

namespace {

std::string paragraphs(const std::string& word, int count, const std::string& before = "",
                       const std::string& after = "") {
  std::string html;
  for (int i = 0; i < count; ++i) {
    html += before + "<p>The " + word + " says in its sentence number " + std::to_string(i) +
            " what the pumps of the valley do, and who mends them when they stop.</p>" + after;
  }
  return html;
}

std::string read(const std::string& body) {
  const auto content = parse_page("<html><body><article><h1>Pumps</h1>" + body + "</article></body></html>",
                                  "text/html", "https://example.org/news/pumps");
  REQUIRE(content.ok());
  return content->text;
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("a text goes on behind a box of related pages in its middle") {
  for (
      const char* box : {
          "<h2>Related articles</h2><ul><li><a href=/a>Valves are dear</a></li></ul>",
          "<h2>Related articles</h2><p><a href=/a>Valves are dear</a></p>",
          "<div><h3>More from the valley</h3><div><a href=/a>Valves are dear</a></div></div>",
          "<p><strong>Read next:</strong> <a href=/a>Valves are dear</a></p>",
          "<p>RELATED: <a href=/a>Valves are dear</a></p>",
          "<p>You may also like</p><ul><li><a href=/a>Valves are dear</a></li></ul>",
          "<h3>About the author</h3><p>She says that Valves are dear.</p>",
          "<h3>About the author</h3><p>Ann Lee has written of water, of pumps and of those who mend them for "
          "twenty years, and says that Valves are dear.</p>",
          "<h3>Subscribe to our letter</h3><p>Valves are dear</p>",
          "<h3>Share this article</h3><p>Valves are dear</p>",
      }) {
    INFO(box);
    const std::string text = read(paragraphs("beginning", 6) + box + paragraphs("end", 3));
    CHECK(count(text, "The beginning says") == 6);
    CHECK(count(text, "The end says") == 3);
    CHECK_FALSE(holds(text, "Valves are dear"));
  }
}

TEST_CASE("a text whose paragraphs stand in wrappers goes on behind a box") {
  const std::string text =
      read(paragraphs("beginning", 6, "<div class=block>", "</div>") +
           "<div class=box><h2>Related stories</h2><div class=card><p>Of the dear valves "
           "and of the long way that they come from we spoke here last year.</p></div></div>" +
           paragraphs("end", 2, "<div class=block>", "</div>"));
  CHECK(count(text, "The end says") == 2);
  CHECK_FALSE(holds(text, "dear valves"));
}

TEST_CASE("words about related pages go with their links") {
  const std::string teaser =
      "<p>Of the dear valves and of the long way that they come from we spoke here last year, at length.</p>";
  const std::string text =
      read(paragraphs("text", 9) + "<h2>Related articles</h2><h3><a href=/a>One</a></h3>" + teaser +
           "<h3><a href=/b>Two</a></h3><p>Short.</p>");
  CHECK(count(text, "The text says") == 9);
  CHECK_FALSE(holds(text, "dear valves"));
}

TEST_CASE("a line with a related link takes nothing along but more such links") {
  const std::string text =
      read(paragraphs("beginning", 5) +
           "<p>Read more: <a href=/a>Valves are dear</a></p><p><a href=/b>Valves are rare</a></p>"
           "<p>So it is.</p><table><tr><td>Pumps</td><td>12</td></tr></table>");
  CHECK_FALSE(holds(text, "Valves"));
  CHECK(holds(text, "So it is.\n\n| Pumps | 12 |"));
}

TEST_CASE("a heading alone leaves nothing out") {
  const std::string text =
      read(paragraphs("beginning", 5) + "<h2>Further reading</h2>" + paragraphs("end", 3));
  CHECK(holds(text, "## Further reading"));
  CHECK(count(text, "The end says") == 3);
}

TEST_CASE("a list of links under such a heading goes with it") {
  std::string links;
  for (int i = 0; i < 8; ++i)
    links += "<li><a href=/" + std::to_string(i) + ">Valve " + std::to_string(i) + "</a>";
  const std::string text = read(paragraphs("beginning", 6) + "<h2>Related articles</h2><ul>" + links +
                                "</ul>" + paragraphs("end", 3));
  CHECK_FALSE(holds(text, "Related"));
  CHECK_FALSE(holds(text, "Valve"));
  CHECK(count(text, "The end says") == 3);
}

TEST_CASE("a question and the answer that it opens are text") {
  for (const char* question : {
           "<h3><button aria-expanded=false aria-controls=a>How tall is the tower?</button></h3>",
           "<button aria-expanded=false aria-controls='z a'>How tall is the tower?</button>",
           "<div class=row><button aria-controls=a>How tall is the tower?</button></div>",
       }) {
    for (const char* hidden : {"hidden", "style='display:none'", "aria-hidden=true", "hidden=until-found"}) {
      INFO(question << hidden);
      const std::string text =
          read(paragraphs("text", 4) + question + "<div id=a " + hidden + "><p>Nine metres.</p></div>");
      const std::size_t asked = text.find("How tall is the tower?");
      REQUIRE(asked != std::string::npos);
      CHECK(text.find("Nine metres.", asked) != std::string::npos);
    }
  }
}

TEST_CASE("a menu or dialog that a button opens is no text") {
  const std::string text = read(
      paragraphs("text", 4) +
      "<button aria-controls=m>Choose a page</button><ul id=m hidden><li><a href=/a>Valves</a></ul>"
      "<button aria-controls=d aria-haspopup=dialog>Choose a seat</button><div id=d hidden>Only three "
      "left</div>"
      "<button aria-controls=n>Choose a letter</button><div id=n class=newsletter hidden>Each week</div>");
  for (const char* beside : {"Choose", "Valves", "Only three left", "Each week"}) {
    INFO(beside);
    CHECK_FALSE(holds(text, beside));
  }
}
