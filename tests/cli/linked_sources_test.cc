// Sources that lead to others: sitemaps, and pages that offer feeds.

#include "tests/cli/knowledge_base.h"
#include "tests/support/catch.h"

using namespace stubkeeper::testing;

namespace {

std::string sitemap_of(const LoopbackServer& server, const std::string& path) {
  return "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>" + server.address(path) +
         "</loc><lastmod>2026-05-07</lastmod></url></urlset>";
}

const std::string feed = "<rss version='2.0'><channel><title>News</title></channel></rss>";

}  // namespace

TEST_CASE("a sitemap is added and read and its pages are drafted from") {
  TestKnowledgeBase base;
  base.server.serve_page("/about", page_about("Pumpwerk Basel"));
  base.server.serve_page("/sitemap.xml", sitemap_of(base.server, "/about"), "application/xml");
  const auto added = base.json({"source", "add", base.server.address("/sitemap.xml"), "--type", "sitemap",
                                "--entry", "pumps/basel", "--title", "Pumpwerk Basel"});
  CHECK(added["sources"][0]["kind"] == "sitemap");
  const auto report = base.json({"refresh"});
  CHECK(report["linked"]["fetched"] == 1);
  CHECK(report["failures"].empty());
  const auto changes = base.json({"review", "list"})["changes"];
  REQUIRE(changes.size() == 3);
  CHECK(changes[0]["quotes"][0]["address"] == base.server.address("/about"));
  const auto shown = base.json({"source", "show", "1"});
  CHECK(shown["linked"]["listed"] == 1);
  CHECK(shown["linked"]["waiting"] == 0);
  // A second run straight after the first asks for nothing and proposes nothing.
  base.server.forget_requests();
  CHECK(base.json({"refresh"})["linked"]["fetched"] == 0);
  CHECK(base.server.requests().empty());
}

TEST_CASE("what is called a sitemap is taken for one without being told") {
  TestKnowledgeBase base;
  for (const std::string name :
       {"/sitemap.xml", "/a/sitemap-news.xml.gz", "/sitemap_index.xml", "/sitemap.txt"}) {
    INFO(name);
    CHECK(base.json({"source", "add", base.server.address(name)})["sources"][0]["kind"] == "sitemap");
  }
  CHECK(base.json({"source", "add", base.server.address("/feed.xml")})["sources"][0]["kind"] == "feed");
}

TEST_CASE("source test shows what a sitemap lists and which feeds a page offers") {
  TestKnowledgeBase base;
  base.server.serve_page("/sitemap.xml", sitemap_of(base.server, "/about"), "application/xml");
  const auto map = base.json({"source", "test", base.server.address("/sitemap.xml")});
  REQUIRE(map["links"].size() == 1);
  CHECK(map["links"][0]["address"] == base.server.address("/about"));
  base.server.serve_page("/blog",
                         "<head><link rel=alternate type=application/atom+xml href=/atom title=Blog></head>" +
                             page_about("Pumpwerk Basel"));
  const auto page = base.json({"source", "test", base.server.address("/blog")});
  REQUIRE(page["feeds"].size() == 1);
  CHECK(page["feeds"][0]["address"] == base.server.address("/atom"));
  CHECK(base.run_ok({"source", "test", base.server.address("/blog")}).out.find("/atom  Blog") !=
        std::string::npos);
  CHECK(base.json({"source", "list"})["sources"].empty());
}

TEST_CASE("source add with discover takes a page's feeds and not the page nor its comments") {
  TestKnowledgeBase base;
  base.server.serve_page("/blog",
                         "<head><link rel=alternate type=application/rss+xml href=/rss title=Blog>"
                         "<link rel=alternate type=application/atom+xml href=/atom title=Blog>"
                         "<link rel=alternate type=application/rss+xml href=/comments/feed title='Blog » "
                         "Comments'></head><p>words</p>");
  const auto added =
      base.json({"source", "add", "--discover", base.server.address("/blog"), "--entry", "pumps/basel"});
  REQUIRE(added["sources"].size() == 1);
  CHECK(added["sources"][0]["address"] == base.server.address("/rss"));
  CHECK(added["sources"][0]["kind"] == "feed");
  CHECK(base.server.hits("/blog") == 1);
  CHECK(base.server.hits("/rss") == 0);
  CHECK(base.json({"source", "list"})["sources"].size() == 1);
}

TEST_CASE("source add with discover says where there is nothing and adds nothing") {
  TestKnowledgeBase base;
  base.server.serve_page("/", "<p>nothing</p>");
  const auto result = base.run({"source", "add", "--discover", base.server.address("/")});
  CHECK(result.exit_code == 1);
  CHECK(result.err.find("offers neither a feed nor a sitemap") != std::string::npos);
  base.server.serve_page("/sitemap.xml", sitemap_of(base.server, "/about"), "application/xml");
  CHECK(base.json({"source", "add", "--discover", base.server.address("/")})["sources"][0]["kind"] ==
        "sitemap");
  CHECK(base.run({"source", "add", "--discover", base.server.address("/gone")}).exit_code == 1);
}
