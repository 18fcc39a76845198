// Feeds in the forms that the web has beside the standards' own.

#include "crawler/content.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;

namespace {

Feed read(const std::string& bytes, const std::string& type = "") {
  auto feed = parse_feed(bytes, type, "https://example.org/feed.xml");
  INFO((feed.ok() ? "" : feed.error().text()));
  REQUIRE(feed.ok());
  return *feed;
}

Item item_of(const std::string& elements) {
  const auto feed = read("<rss version='2.0'><channel><item>" + elements + "</item></channel></rss>");
  REQUIRE(feed.items.size() == 1);
  return feed.items[0];
}

Item entry_of(const std::string& elements) {
  const auto feed = read("<feed xmlns='http://www.w3.org/2005/Atom'><entry>" + elements + "</entry></feed>");
  REQUIRE(feed.items.size() == 1);
  return feed.items[0];
}

std::string utf16(const std::string& ascii, bool big_endian) {
  std::string wide;
  for (const char c : ascii) wide += big_endian ? std::string{'\0', c} : std::string{c, '\0'};
  return wide;
}

std::string utf32_little_endian(const std::string& ascii) {
  std::string wide{"\xFF\xFE\0\0", 4};
  for (const char c : ascii) wide += std::string{c, '\0', '\0', '\0'};
  return wide;
}

const std::string plain = "<?xml version='1.0'?><rss><channel><title>Plain</title></channel></rss>";

}  // namespace

TEST_CASE("a feed's encoding is told by its BOM or its first characters") {
  CHECK(read(utf16(plain, true)).title == "Plain");
  CHECK(read(utf16(plain, false)).title == "Plain");
  CHECK(read("\xFF\xFE" + utf16(plain, false)).title == "Plain");
  CHECK(read("\xFE\xFF" + utf16(plain, true)).title == "Plain");
  CHECK(read(utf32_little_endian(plain)).title == "Plain");
  CHECK(read("\xEF\xBB\xBF" + plain).title == "Plain");
}

TEST_CASE("a header's charset goes before a declaration and both before a guess") {
  const auto title = [](const std::string& declaration, const std::string& bytes, const std::string& type) {
    return read("<?xml version='1.0'" + declaration + "?><rss><channel><title>" + bytes +
                    "</title></channel></rss>",
                type)
        .title;
  };
  CHECK(title(" encoding='koi8-r'", "\xCD\xC9\xD2", "") == "мир");
  CHECK(title(" encoding='utf-8'", "\xCD\xC9\xD2", "text/xml; charset=koi8-r") == "мир");
  CHECK(title("", "Caf\xC3\xA9", "") == "Café");
  CHECK(title("", "Caf\xE9", "") == "Café");
}

TEST_CASE("what says UTF-8 and has not one such character is read as windows-1252") {
  CHECK(read("<?xml version='1.0' encoding='utf-8'?><rss><channel><title>Caf\xE9 "
             "\x93now\x94</title></channel></rss>")
            .title == "Café “now”");
  // One broken character among whole ones is only that.
  CHECK(read("<?xml version='1.0' encoding='utf-8'?><rss><channel><title>Café \xE9</title></channel></rss>")
            .title == "Café \xEF\xBF\xBD");
}

TEST_CASE("a guid is an address unless it says otherwise or is none") {
  CHECK(item_of("<guid>https://example.org/a</guid>").url == "https://example.org/a");
  CHECK(item_of("<guid isPermaLink='false'>https://example.org/a</guid>").url.empty());
  CHECK(item_of("<guid ispermalink='FALSE'>https://example.org/a</guid>").url.empty());
  CHECK(item_of("<guid>abc123</guid>").url.empty());
  CHECK(item_of("<guid>abc123</guid>").id == "abc123");
  CHECK(item_of("<guid>abc123</guid><link>/a</link>").url == "https://example.org/a");
}

TEST_CASE("of several links the last that is one counts") {
  CHECK(
      item_of("<link>https://example.org/1</link><link href='/2'/><link rel='self' href='/3'/><link/>").url ==
      "https://example.org/2");
}

TEST_CASE("Dublin Core and Atom stand in where RSS says nothing") {
  const auto item = item_of(
      "<dc:identifier>urn:1</dc:identifier><dc:title>T</dc:title><dc:description>D</dc:description>"
      "<dc:date>2026-05-07</dc:date><dc:creator>Jane</dc:creator>"
      "<atom:content type='html'>&lt;p&gt;One&lt;/p&gt;</atom:content>");
  CHECK(item.id == "urn:1");
  CHECK(item.title == "T");
  CHECK(item.summary == "D");
  CHECK(item.published == "2026-05-07");
  CHECK(item.author == "Jane");
  CHECK(item.content == "One");
}

TEST_CASE("XHTML in an RSS item is its content") {
  CHECK(item_of("<description>Short</description><body "
                "xmlns='http://www.w3.org/1999/xhtml'><p>One</p><p>Two</p></body>")
            .content == "One\n\nTwo");
}

TEST_CASE("an Atom id is as it stands but for an xml base around it") {
  CHECK(entry_of("<id> tag:example.org,2026:1 </id>").id == "tag:example.org,2026:1");
  CHECK(entry_of("<id>relative</id>").id == "relative");
  CHECK(entry_of("<id xml:base='http://example.com/test/'>relative</id>").id ==
        "http://example.com/test/relative");
}

TEST_CASE("titles and summaries of another media type are unpacked too") {
  CHECK(entry_of("<title type='application/octet-stream'>RW50cnkgVGl0bGU=</title>").title == "Entry Title");
  CHECK(entry_of("<summary type='application/octet-stream'>PHA+RW50cnkgU3VtbWFyeTwvcD4=</summary>").summary ==
        "Entry Summary");
}

TEST_CASE("a text that only happens to be Base64 stays as it is") {
  CHECK(entry_of("<title type='application/xyz'>test</title>").title == "test");
}

TEST_CASE("a JSON Feed is one whether its version is an address or a number") {
  for (const char* version :
       {"https://jsonfeed.org/version/1", "http://jsonfeed.org/version/1.1", "1.0", "1.1"}) {
    INFO(version);
    CHECK(read(std::string{R"({"version":")"} + version + R"(","title":"T","items":[]})").title == "T");
  }
  CHECK_FALSE(parse_feed(R"({"version":"2.0","items":[]})", "", "").ok());
}

TEST_CASE("references to characters that XML forbids do not end a feed") {
  const auto feed =
      read("<rss><channel><title>a&#1;b&#x1F;c&#0;</title><item><title>One</title></item></channel></rss>");
  CHECK(feed.items.size() == 1);
}

TEST_CASE("a sitemap can be a text of addresses") {
  const auto map = parse_sitemap("\xEF\xBB\xBFhttps://example.org/a\r\n\r\n https://example.org/b \n");
  REQUIRE(map.ok());
  REQUIRE(map->items.size() == 2);
  CHECK(map->items[1].url == "https://example.org/b");
  CHECK_FALSE(map->is_index);
  CHECK_FALSE(parse_sitemap("https://example.org/a\nand words\n").ok());
  CHECK_FALSE(parse_sitemap("file:///etc/passwd\n").ok());
}
