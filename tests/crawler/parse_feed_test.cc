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

}  // namespace

TEST_CASE("RSS 2.0 is read with its modules") {
  const auto feed =
      read(R"(<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
      xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>News &amp; More</title><link>https://example.org/</link><language>en-gb</language>
      <lastBuildDate>Thu, 07 May 2026 09:30:00 GMT</lastBuildDate><item><title>AT&amp;amp;T &lt;b&gt;ships&lt;/b&gt;</title><link>/a</link>
      <guid isPermaLink="false">tag:1</guid><dc:creator>Jane Doe</dc:creator><pubDate>Thu, 07 May 2026 11:30:00 +0200</pubDate>
      <description>&lt;p&gt;Short&lt;/p&gt;</description><content:encoded><![CDATA[<p>One.</p><p>Two &amp; three.</p>]]></content:encoded></item></channel></rss>)");
  CHECK(feed.format == "rss 2.0");
  CHECK(feed.title == "News & More");
  CHECK(feed.language == "en-gb");
  CHECK(feed.modified == "2026-05-07T09:30:00Z");
  REQUIRE(feed.items.size() == 1);
  const Item& item = feed.items[0];
  CHECK(item.id == "tag:1");
  CHECK(item.url == "https://example.org/a");
  CHECK(item.title == "AT&T ships");
  CHECK(item.author == "Jane Doe");
  CHECK(item.published == "2026-05-07T11:30:00+02:00");
  CHECK(item.summary == "Short");
  CHECK(item.content == "One.\n\nTwo & three.");
}

TEST_CASE("a NUL that JSON writes as an escape is in no text of a feed") {
  const auto feed = parse_feed(
      R"({"version":"https://jsonfeed.org/version/1","title":"a\u0000","items":[{"id":"1\u0000","title":"b\u0000c"}]})",
      "application/feed+json", "https://example.org/feed.json");
  REQUIRE(feed.ok());
  REQUIRE(feed->items.size() == 1);
  CHECK(feed->title == "a");
  CHECK(feed->items[0].id == "1");
  CHECK(feed->items[0].title == "bc");
}

TEST_CASE("RSS 1.0, Atom 1.0, Atom 0.3 and JSON Feed are read") {
  const auto rdf = read(
      R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://example.org/"><title>R</title></channel><item rdf:about="https://example.org/1"><title>One</title><link>https://example.org/1</link>
      <dc:date>2026-05-07</dc:date></item></rdf:RDF>)");
  CHECK(rdf.format == "rss 1.0");
  REQUIRE(rdf.items.size() == 1);
  CHECK(rdf.items[0].id == "https://example.org/1");
  CHECK(rdf.items[0].published == "2026-05-07");

  const auto atom = read(
      R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/b/"><title type="html">A &amp;amp; B</title><author><name>Jane</name></author>
      <entry><id>urn:1</id><title>T</title><link rel="self" href="no"/><link href="c"/><published>2026-05-07T09:30:00Z</published><updated>2026-05-08T09:30:00Z</updated>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two</p></div></content></entry></feed>)");
  CHECK(atom.format == "atom 1.0");
  CHECK(atom.title == "A & B");
  REQUIRE(atom.items.size() == 1);
  CHECK(atom.items[0].url == "https://example.org/b/c");
  CHECK(atom.items[0].author == "Jane");
  CHECK(atom.items[0].content == "One\n\nTwo");
  CHECK(atom.items[0].updated == "2026-05-08T09:30:00Z");

  const auto old = read(
      R"(<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>O</title><entry><id>1</id><title>T</title><issued>2026-05-07T09:30:00Z</issued>
      <content type="text/html" mode="escaped">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>)");
  CHECK(old.format == "atom 0.3");
  CHECK(old.items.at(0).published == "2026-05-07T09:30:00Z");
  CHECK(old.items.at(0).content == "x");

  const auto json = read(
      R"({"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":7,"url":"/a","title":"T","content_html":"<p>x</p>",
      "date_published":"2026-05-07T09:30:00Z","authors":[{"name":"Jane"}]},{"id":"8","content_text":"One\n\nTwo"}]})");
  CHECK(json.format == "json feed 1.1");
  REQUIRE(json.items.size() == 2);
  CHECK(json.items[0].id == "7");
  CHECK(json.items[0].author == "Jane");
  CHECK(json.items[1].content == "One\n\nTwo");
}

TEST_CASE("an ill-formed feed gives what can be read of it") {
  CHECK(read("\n junk <rss><channel><title>A & B &nbsp; \x01 "
             "C</title><item><title>One</title></item><item><title>Two")
            .items.size() == 2);
  CHECK(read("<rss "
             "version='2.0'><channel><item><content:encoded>x</content:encoded><dc:creator>J</dc:creator></"
             "item></channel></rss>")
            .items.at(0)
            .author == "J");
  CHECK(
      read("<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><title>Caf\xE9</title></channel></rss>")
          .title == "Café");
}

TEST_CASE("what a feed's writer forgot to escape is read as he saw it") {
  const auto title = [](const std::string& text) {
    return read("<rss><channel><title>" + text + "</title></channel></rss>").title;
  };
  CHECK(title("Fish & Chips") == "Fish & Chips");
  CHECK(title("I <3 feeds") == "I <3 feeds");
  CHECK(title("a&nbsp;b &nosuch; &#65;&amp;amp;") == "a b &nosuch; A&");
  CHECK(title("<![CDATA[a & b]]>") == "a & b");
  CHECK(title("ab\x01"
              "cd") == "abcd");
}

TEST_CASE("Base64 in Atom is unpacked") {
  const auto feed = read(
      "<feed xmlns='http://www.w3.org/2005/Atom'><title mode='base64'>RW50cnkgVGl0bGU=</title><entry><title "
      "type='text'>test</title>"
      "<content type='application/octet-stream'>RmVlZCBUaXRsZQ==</content></entry></feed>");
  CHECK(feed.title == "Entry Title");
  CHECK(feed.items.at(0).title == "test");
  CHECK(feed.items.at(0).content == "Feed Title");
}

TEST_CASE("entities of a feed's own are not expanded and no file is read") {
  const auto feed = read(
      "<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY x SYSTEM "
      "'file:///etc/passwd'>]><rss><channel><title>T &b;&x;</title></channel></rss>");
  CHECK(feed.title.find("root:") == std::string::npos);
  CHECK(feed.title.find("aaaa") == std::string::npos);
}

TEST_CASE("an item is known by its id, else its address, else what it says") {
  Item item;
  item.title = "T";
  item.content = "C";
  const std::string by_text = item.identity();
  CHECK(by_text.starts_with("sha256:"));
  item.content = "D";
  CHECK(item.identity() != by_text);
  item.url = "https://example.org/a";
  CHECK(item.identity() == "https://example.org/a");
  item.id = "tag:1";
  CHECK(item.identity() == "tag:1");
}

TEST_CASE("what is no feed is told so") {
  for (const char* bytes :
       {"", "<html><body>", "{}", "{\"version\":\"1\"}", "plain", "<?xml version='1.0'?><opml/>"}) {
    INFO(bytes);
    const auto feed = parse_feed(bytes, "", "");
    REQUIRE_FALSE(feed.ok());
    CHECK(feed.error().code == ErrorCode::invalid_argument);
  }
}

TEST_CASE("a link that is neither http nor https is no link") {
  const auto feed =
      read("<rss><channel><item><link>javascript:alert(1)</link><title>T</title></item></channel></rss>");
  CHECK(feed.items.at(0).url == "");
}

TEST_CASE("a sitemap's addresses come with their dates, packed or not, and news with title") {
  const auto map = *parse_sitemap(
      "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
      "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><url><loc> https://example.org/a </loc>"
      "<lastmod>2026-05-07</lastmod><n:news><n:title>T</n:title><n:publication_date>2026-05-06</"
      "n:publication_date></n:news></url>"
      "<url><loc>javascript:x</loc></url></urlset>");
  CHECK_FALSE(map.is_index);
  REQUIRE(map.items.size() == 1);
  CHECK(map.items[0].url == "https://example.org/a");
  CHECK(map.items[0].updated == "2026-05-07");
  CHECK(map.items[0].title == "T");
  CHECK(parse_sitemap("<sitemapindex><sitemap><loc>https://example.org/1.xml</loc></sitemap></sitemapindex>")
            ->is_index);
  CHECK_FALSE(parse_sitemap("<rss/>").ok());
  CHECK_FALSE(parse_sitemap("\x1F\x8B cut off").ok());
}
