#include "crawler/feeds/feed_dialect.h"

#include <fstream>
#include <iterator>
#include <map>

#include "crawler/content.h"
#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;

TEST_CASE("the page on the crawler has each feed dialect in its table") {
  std::ifstream file{STUBKEEPER_SOURCE "/docs/crawler.md"};
  const std::string page{std::istreambuf_iterator<char>{file}, {}};
  for (const FeedDialect& dialect : feed_dialects()) {
    INFO(dialect.name);
    CHECK(page.find("| " + std::string{dialect.name} + " |") != std::string::npos);
  }
}

TEST_CASE("a dialect is recognized by its mark and by the media type of links") {
  CHECK(has_feed_mark("<rss version='2.0'>"));
  CHECK(has_feed_mark("<RDF:rdf xmlns:rdf="));
  CHECK(has_feed_mark(R"({"version": "https://jsonfeed.org/version/1.1"})"));
  CHECK(!has_feed_mark("<html>"));
  CHECK(!has_feed_mark(R"({"items": []})"));
  CHECK(is_feed_media_type("application/atom+xml"));
  CHECK(!is_feed_media_type("text/html"));
  CHECK(!is_feed_media_type(""));
}

TEST_CASE("of the dialects with one root element at most one takes what no other recognizes") {
  std::map<std::string_view, int> without_a_rule;
  for (const FeedDialect& dialect : feed_dialects()) {
    if (dialect.recognizes == nullptr) ++without_a_rule[dialect.root];
  }
  for (const auto& [root, count] : without_a_rule) {
    INFO(root);
    CHECK(count == 1);
  }
}

TEST_CASE("a channel without its rss element is a feed") {
  const auto feed = parse_feed(
      "<channel><title>News</title><item><title>One</title><link>https://example.org/1</link></item></channel>",
      "", "https://example.org/feed.xml");
  REQUIRE(feed.ok());
  REQUIRE(feed->items.size() == 1);
  CHECK(feed->items[0].url == "https://example.org/1");
}

TEST_CASE("an address ends as those of a feed do") {
  for (const char* address :
       {"https://example.org/feed", "https://example.org/a.atom", "https://a/feed.json"})
    CHECK(has_feed_ending(address));
  CHECK(!has_feed_ending("https://example.org/feeds.html"));
}
