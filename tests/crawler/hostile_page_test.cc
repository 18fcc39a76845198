// Pages made to cost a reader more than they should.

#include "crawler/content.h"
#include "crawler/html/page_tree.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;

namespace {

std::string repeated(const std::string& part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += part;
  return text;
}

std::size_t nodes_in(const std::string& html) {
  const auto tree = parse_html(html);
  REQUIRE(tree.ok());
  return tree->nodes().size();
}

}  // namespace

TEST_CASE("formatting that nobody closes is made anew a bounded number of times and no text is lost") {
  constexpr std::size_t paragraphs = 20'000;
  std::string html;
  for (std::size_t i = 0; i < paragraphs; ++i)
    html += "<font color=" + std::to_string(i) + "><p>x" + std::to_string(i) + " ";
  const auto tree = parse_html(html);
  REQUIRE(tree.ok());
  // A paragraph and its text each, and some made anew; unbounded, it would be 40 elements for each paragraph.
  CHECK(tree->nodes().size() < 2 * paragraphs + 110'000);
  CHECK(tree->text(0).starts_with("x0 x1 x2 "));
  CHECK(tree->text(0).ends_with("x19998 x19999"));
}

TEST_CASE("formatting that is closed is never touched") {
  const std::string html = repeated("<p>un<b>believ</b>able <i>and <u>so</u></i> on</p>", 30'000);
  const auto tree = parse_html(html);
  REQUIRE(tree.ok());
  CHECK(std::count_if(tree->nodes().begin(), tree->nodes().end(),
                      [](const PageTree::Node& node) { return node.tag == GUMBO_TAG_B; }) == 30'000);
}

TEST_CASE("formatting left out does not part a word") {
  const std::string html = repeated("<b><i><p>", 5'000) + "<p>un<em>believ</em>able";
  const auto tree = parse_html(html);
  REQUIRE(tree.ok());
  CHECK(tree->text(0) == "unbelievable");
}

TEST_CASE("elements nest only so deep and their text stays") {
  const std::string html = repeated("<div>", 2'000) + "deep" + repeated("</div>", 2'000) + "<p>after";
  CHECK(nodes_in(html) < 300);
  const auto tree = parse_html(html);
  CHECK(tree->text(0) == "deep after");
}

TEST_CASE("a script below the deepest level is still no text") {
  const std::string html = repeated("<div>", 1'000) + "<script>var x = '<b>';</script>text";
  const auto tree = parse_html(html);
  REQUIRE(tree.ok());
  CHECK(tree->text(0) == "text");
}

TEST_CASE("a page whose markup takes too much memory is refused with what to do") {
  const auto content = parse_page(repeated("<p>x", 2'500'000), "text/html", "https://example.org/");
  REQUIRE(!content.ok());
  CHECK(content.error().code == ErrorCode::limit);
  CHECK(content.error().message.find("too much memory or time") != std::string::npos);
}

TEST_CASE("a long page of paragraphs is read whole") {
  std::string html;
  for (int i = 0; html.size() < 10'000'000; ++i)
    html += "<p class=text>Paragraph " + std::to_string(i) + " of many, <a href=/a>linked</a> in part.</p>";
  const auto content = parse_page(html, "text/html", "https://example.org/");
  REQUIRE(content.ok());
  CHECK(content->text.starts_with("Paragraph 0 of many, linked in part.\n\nParagraph 1 "));
  CHECK(content->text.size() > 5'000'000);
}
