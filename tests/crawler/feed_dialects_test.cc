#include "crawler/feeds/feed_dialect.h"

#include <fstream>
#include <iterator>

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
