#include "crawler/discovery.h"

#include "crawler/http_fetcher.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_steady_clock.h"
#include "tests/support/loopback_server.h"
#include "tests/support/memory_stores.h"

using namespace stubkeeper;
using namespace stubkeeper::crawler;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;

namespace {

const std::string a_feed = "<rss version='2.0'><channel><title>T</title></channel></rss>";
const std::string a_sitemap = "<urlset><url><loc>http://127.0.0.1/a</loc></url></urlset>";

struct Fixture {
  FakeClock clock{"2026-06-29T12:00:00Z"};
  MemoryRobotsCache robots;
  MemoryHostPauseStore pauses;
  FakeSteadyClock steady_clock;
  LoopbackServer server;

  Result<std::vector<DiscoveredFeed>> discover_feeds(const std::string& path) {
    HttpOptions options;
    options.host_delay = 0ms;
    options.allow_addresses = {"127.0.0.0/8"};
    HttpFetcher fetcher{options, robots, pauses, clock, steady_clock};
    return crawler::discover_feeds(fetcher, robots, server.address(path), [] { return true; });
  }
  std::vector<std::string> addresses(const std::string& path) {
    const auto offers = discover_feeds(path);
    REQUIRE(offers.ok());
    std::vector<std::string> addresses;
    for (const DiscoveredFeed& offer : *offers) addresses.push_back(offer.address);
    return addresses;
  }
};

std::vector<std::string> of_page(const std::string& head) {
  std::vector<std::string> addresses;
  for (const DiscoveredFeed& offer : find_feed_links("<head>" + head + "</head>", "", "https://example.org/blog/a"))
    addresses.push_back(offer.address);
  return addresses;
}

}  // namespace

TEST_CASE("a page's feeds are the alternates of a feed's type") {
  const auto offers = find_feed_links(
      "<link rel='stylesheet' href=/x.css><link rel='ALTERNATE home' type='application/rss+xml; "
      "charset=utf-8' "
      "href=' /feed ' title=' All  news '><link rel=alternate type=text/html hreflang=de href=/de>"
      "<link rel=alternate type=application/atom+xml href=atom.xml#x><link rel=alternate "
      "type=application/feed+json href=https://cdn.example.net/f.json><link rel=alternate "
      "type=application/rss+xml href=/feed>",
      "", "https://example.org/blog/a");
  REQUIRE(offers.size() == 3);
  CHECK(offers[0].address == "https://example.org/feed");
  CHECK(offers[0].title == "All news");
  CHECK(offers[1].address == "https://example.org/blog/atom.xml");
  CHECK(offers[2].address == "https://cdn.example.net/f.json");
}

TEST_CASE("a page's base resolves its feeds and what is no web address is none") {
  CHECK(of_page(
            "<base href='https://example.net/x/'><link rel=alternate type=application/rss+xml href=feed>") ==
        std::vector<std::string>{"https://example.net/x/feed"});
  CHECK(of_page("<link rel=alternate type=application/rss+xml href='javascript:x'>"
                "<link rel=alternate type=application/rss+xml href='file:///etc/passwd'>"
                "<link rel=alternate type=application/rss+xml href=''>"
                "<link rel=alternate type=application/rss+xml href='feed:https://example.org/'>")
            .empty());
}

TEST_CASE("feeds of comments are told from others") {
  CHECK(is_comments_feed({DiscoveredFeed::Kind::feed, "https://example.org/comments/feed", "", DiscoveredFeed::Where::page}));
  CHECK(is_comments_feed(
      {DiscoveredFeed::Kind::feed, "https://example.org/f", "Site » Comments Feed", DiscoveredFeed::Where::page}));
  CHECK_FALSE(is_comments_feed({DiscoveredFeed::Kind::feed, "https://example.org/feed", "News", DiscoveredFeed::Where::page}));
}

TEST_CASE("a page that names feeds costs one request") {
  Fixture f;
  f.server.serve_page("/", "<head><link rel=alternate type=application/rss+xml href=/news.xml></head>");
  CHECK(f.addresses("/") == std::vector<std::string>{f.server.address("/news.xml")});
  CHECK(f.server.hits("/") == 1);
  CHECK(f.server.requests().size() == 2);  // and robots.txt
}

TEST_CASE("where a page names none the usual paths are tried until one is a feed") {
  Fixture f;
  f.server.serve_page("/", "<p>no feed</p>");
  f.server.serve_page("/feed", "<p>not a feed either</p>");
  f.server.serve_page("/rss.xml", a_feed, "application/xml");
  const auto offers = f.discover_feeds("/");
  REQUIRE(offers.ok());
  REQUIRE(offers->size() == 1);
  CHECK(offers->front().address == f.server.address("/rss.xml"));
  CHECK(offers->front().where == DiscoveredFeed::Where::well_known_path);
  CHECK(f.server.hits("/feed") == 1);
  CHECK(f.server.hits("/atom.xml") == 0);
}

TEST_CASE("where there is no feed the sitemaps of robots txt are offered else the usual one") {
  Fixture f;
  f.server.serve_page("/", "<p>no feed</p>");
  f.server.serve_page("/sitemap.xml", a_sitemap, "application/xml");
  CHECK(f.addresses("/") == std::vector<std::string>{f.server.address("/sitemap.xml")});

  Fixture g;
  g.server.serve_page("/", "<p>no feed</p>");
  g.server.serve_page("/map", a_sitemap, "application/xml");
  g.server.serve_page("/broken", "<p>", "application/xml");
  g.server.answer("/robots.txt", ServerResponse{200,
                                              "Sitemap: " + g.server.address("/broken") +
                                                  "\nSitemap: /map\nSitemap: file:///etc/passwd\n",
                                              "text/plain",
                                              {}});
  const auto offers = g.discover_feeds("/");
  REQUIRE(offers.ok());
  REQUIRE(offers->size() == 1);
  CHECK(offers->front().address == g.server.address("/map"));
  CHECK(offers->front().kind == DiscoveredFeed::Kind::sitemap);
  CHECK(g.server.hits("/robots.txt") == 1);
  CHECK(g.server.hits("/sitemap.xml") == 0);
}

TEST_CASE("paths that robots txt forbids are not tried") {
  Fixture f;
  f.server.serve_page("/", "<p>no feed</p>");
  f.server.serve_page("/rss.xml", a_feed, "application/xml");
  f.server.answer("/robots.txt", ServerResponse{200, "User-agent: *\nDisallow: /rss\n", "text/plain", {}});
  CHECK(f.addresses("/").empty());
  CHECK(f.server.hits("/rss.xml") == 0);
}

TEST_CASE("a feed is its own offer and a page that cannot be had is an error") {
  Fixture f;
  f.server.serve_page("/feed", a_feed, "application/rss+xml");
  CHECK(f.addresses("/feed") == std::vector<std::string>{f.server.address("/feed")});
  CHECK_FALSE(f.discover_feeds("/nothing").ok());
}
