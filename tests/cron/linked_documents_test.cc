// Sitemaps, and feeds that hold only summaries, over real HTTP on loopback, on a clock on which days pass.

#include "cron/refresh.h"

#include "kb/entries/entry_store.h"
#include "kb/sources/host_tables.h"
#include "kb/sources/linked_addresses.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "tests/cron/loopback_refresh.h"
#include "tests/support/catch.h"
#include "tests/support/gzip.h"
#include "tests/support/temporary_folder.h"

using namespace stubkeeper;
using namespace stubkeeper::cron;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;

namespace {

std::string page(const std::string& title, const std::string& sentence) {
  return "<title>" + title + "</title><main><h1>" + title + "</h1><p>" + sentence + "</p></main>";
}

struct ListedPage {
  std::string address;
  std::string lastmod;
};

std::string sitemap(const std::vector<ListedPage>& pages, bool index = false) {
  std::string xml = index ? "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
                          : "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>";
  for (const ListedPage& one : pages) {
    xml += (index ? "<sitemap><loc>" : "<url><loc>") + one.address + "</loc>";
    if (!one.lastmod.empty()) xml += "<lastmod>" + one.lastmod + "</lastmod>";
    xml += index ? "</sitemap>" : "</url>";
  }
  return xml + (index ? "</sitemapindex>" : "</urlset>");
}

struct Fixture : LoopbackRefresh {
  int steps_until_stop = 1'000'000;
  kb::Id source = 0;

  Fixture() : LoopbackRefresh("2026-11-23T10:00:00Z") { http.parallel = 1; }
  kb::Id add(const std::string& kind, const std::string& path) {
    source = ok(kb::Sources{*store}.add(kind, server.address(path), "", clock.now()));
    return source;
  }
  kb::Id add_entry(const std::string& title, kb::EntryState state) {
    const kb::Id entry =
        ok(kb::EntryStore{*store}.add({title, title + ".md", kb::EntryKind::entry, title, state,
                                       "---\ntitle: \"" + title + "\"\nlast_reviewed: 2026-11-01\n---\n"},
                                      kb::AuthorKind::person, "jane", clock.now(), ""))
            .id;
    REQUIRE(kb::Sources{*store}.link_to_entry(source, entry).ok());
    return entry;
  }
  void serve_sitemap(const std::string& path, const std::string& xml) {
    server.serve_page(path, xml, "application/xml");
  }
  void serve_article(const std::string& path, const std::string& sentence) {
    server.serve_page(path, page("Page " + path, sentence));
  }
  RefreshReport run() {
    return run_refresh([this] { return --steps_until_stop > 0; });
  }
  // After the sitemap's interval, with what was asked for before forgotten.
  RefreshReport run_later(std::chrono::hours later = 24h) {
    clock.advance(later);
    server.forget_requests();
    return run();
  }
  std::vector<std::string> texts() {
    std::vector<std::string> texts;
    kb::Snapshots snapshots{*store};
    for (const auto& document : ok(snapshots.documents_of(source))) {
      if (const auto snapshot = ok(snapshots.latest(document.id)))
        texts.push_back(ok(snapshots.text(*snapshot)));
    }
    std::sort(texts.begin(), texts.end());
    return texts;
  }
  // Since they were forgotten, robots.txt left out.
  std::ptrdiff_t fetches() {
    const auto requests = server.requests();
    return std::count_if(requests.begin(), requests.end(),
                         [](const ServerRequest& request) { return request.path != "/robots.txt"; });
  }
  kb::LinkedAddresses::Counts counts() { return ok(kb::LinkedAddresses{*store}.counts(source)); }
};

const std::string pumps = "Pumpwerk is a maker of pumps in Basel with 120 employees.";
const std::string works = "Pumpwerk opened a works in Graz with 40 people on 3 November 2026.";

}  // namespace

TEST_CASE("a sitemap leads to its pages which are read and drafted from like any other") {
  Fixture f;
  f.add("sitemap", "/sitemap.xml");
  f.add_entry("Pumpwerk", kb::EntryState::stub);
  f.serve_article("/about", pumps);
  f.serve_article("/news", works);
  f.serve_sitemap("/sitemap.xml", sitemap({{f.server.address("/about"), "2026-01-01"},
                                           {f.server.address("/news"), "2026-11-04"}}));
  const auto report = f.run();
  CHECK(report.failures.empty());
  CHECK(report.linked_fetched == 2);
  CHECK(report.snapshots == 2);
  CHECK(report.changes() >= 2);
  CHECK(f.texts() == std::vector<std::string>{"# Page /about\n\n" + pumps, "# Page /news\n\n" + works});
}

TEST_CASE("pages of a sitemap are fetched again where its lastmod moved and else not") {
  Fixture f;
  f.add("sitemap", "/sitemap.xml");
  f.serve_article("/a", pumps);
  f.serve_article("/b", works);
  const auto list = [&](const std::string& a, const std::string& b) {
    f.serve_sitemap("/sitemap.xml", sitemap({{f.server.address("/a"), a}, {f.server.address("/b"), b}}));
  };
  list("2026-01-01", "2026-01-01");
  f.run();
  f.run_later();
  CHECK(f.server.hits("/sitemap.xml") == 1);
  CHECK(f.server.hits("/a") + f.server.hits("/b") == 0);

  f.serve_article("/b", "Pumpwerk closed its works in Graz on 20 November 2026.");
  list("2026-01-01", "2026-11-20");
  const auto report = f.run_later();
  CHECK(f.server.hits("/a") == 0);
  CHECK(f.server.hits("/b") == 1);
  CHECK(report.snapshots == 1);
  CHECK(f.texts().at(1).find("closed its works") != std::string::npos);
}

TEST_CASE("a page whose lastmod moves while its bytes do not costs a 304 and no snapshot") {
  Fixture f;
  f.add("sitemap", "/sitemap.xml");
  f.serve_article("/a", pumps);
  f.serve_sitemap("/sitemap.xml", sitemap({{f.server.address("/a"), "2026-01-01"}}));
  f.run();
  f.serve_sitemap("/sitemap.xml", sitemap({{f.server.address("/a"), "2026-11-23"}}));
  const auto report = f.run_later();
  CHECK(f.server.hits("/a") == 1);
  CHECK(f.server.status_count(304) == 1);
  CHECK(report.snapshots == 0);
}

TEST_CASE("a run fetches no more pages than configured and the newest first") {
  Fixture f;
  f.configuration.fetch.linked_per_run = 2;
  f.add("sitemap", "/sitemap.xml");
  std::vector<ListedPage> pages;
  for (int i = 1; i <= 5; ++i) {
    const std::string path = "/" + std::to_string(i);
    f.serve_article(path, "Sentence number " + path + " says what page it is of five.");
    pages.push_back({f.server.address(path), "2026-01-0" + std::to_string(i)});
  }
  f.serve_sitemap("/sitemap.xml", sitemap(pages));
  auto report = f.run();
  CHECK(report.linked_fetched == 2);
  CHECK(report.linked_waiting == 3);
  CHECK(f.server.hits("/5") + f.server.hits("/4") == 2);
  // The rest comes in later runs, whether the sitemap itself is due or not.
  report = f.run();
  CHECK(f.server.hits("/sitemap.xml") == 1);
  CHECK(f.server.hits("/3") + f.server.hits("/2") == 2);
  report = f.run();
  CHECK(f.server.hits("/1") == 1);
  CHECK(report.linked_waiting == 0);
  CHECK(f.run().linked_fetched == 0);
}

TEST_CASE("what a sitemap lists when it is first read need not be news and what it lists later is") {
  Fixture f;
  f.configuration.fetch.linked_per_run = 1;
  f.add("sitemap", "/sitemap.xml");
  f.serve_article("/a", "The first page tells of something that is known for long.");
  f.serve_article("/b", "The second page tells of something else that is known for long.");
  f.serve_sitemap("/sitemap.xml", sitemap({{f.server.address("/a"), ""}, {f.server.address("/b"), ""}}));
  f.run();
  f.clock.advance(1h);
  f.run();
  f.serve_article("/c", works);
  f.serve_sitemap(
      "/sitemap.xml",
      sitemap({{f.server.address("/a"), ""}, {f.server.address("/b"), ""}, {f.server.address("/c"), ""}}));
  f.run_later();
  kb::Snapshots snapshots{*f.store};
  std::map<std::string, bool> is_first_visit;
  for (const auto& document : ok(snapshots.documents_of(f.source))) {
    const auto snapshot = ok(snapshots.latest(document.id));
    REQUIRE(snapshot);
    is_first_visit[document.address.substr(document.address.size() - 1)] =
        ok(snapshots.is_first_read(*snapshot));
  }
  CHECK(is_first_visit == std::map<std::string, bool>{{"a", true}, {"b", true}, {"c", false}});
}

TEST_CASE("an index leads to its sitemaps packed or not and they to their pages") {
  Fixture f;
  f.add("sitemap", "/index.xml");
  f.serve_article("/a", pumps);
  f.serve_article("/b", works);
  f.serve_sitemap("/1.xml", sitemap({{f.server.address("/a"), ""}}));
  f.server.serve_page("/2.xml.gz", gzip_compress(sitemap({{f.server.address("/b"), ""}})),
                      "application/gzip");
  f.serve_sitemap(
      "/index.xml",
      sitemap({{f.server.address("/1.xml"), "2026-01-01"}, {f.server.address("/2.xml.gz"), ""}}, true));
  CHECK(f.run().snapshots == 2);
  // Without a date in the index a sitemap is asked for each time, with its validators; with one only when it
  // moved.
  f.run_later();
  CHECK(f.server.hits("/1.xml") == 0);
  CHECK(f.server.hits("/2.xml.gz") == 1);
  CHECK(f.server.status_count(304) == 2);  // the index and its second sitemap
  CHECK(f.server.status_count(200) == 0);
}

TEST_CASE("the pages of a sitemap that an index lists later are news") {
  Fixture f;
  f.add("sitemap", "/index.xml");
  f.serve_article("/old", pumps);
  f.serve_article("/new", works);
  f.serve_sitemap("/1.xml", sitemap({{f.server.address("/old"), ""}}));
  f.serve_sitemap("/2.xml", sitemap({{f.server.address("/new"), ""}}));
  f.serve_sitemap("/index.xml", sitemap({{f.server.address("/1.xml"), "2026-01-01"}}, true));
  f.run();
  f.serve_sitemap("/index.xml", sitemap({{f.server.address("/1.xml"), "2026-01-01"},
                                         {f.server.address("/2.xml"), "2026-11-24"}},
                                        true));
  f.run_later();
  kb::Snapshots snapshots{*f.store};
  std::map<std::string, bool> is_first_visit;
  for (const auto& document : ok(snapshots.documents_of(f.source))) {
    const auto snapshot = ok(snapshots.latest(document.id));
    REQUIRE(snapshot);
    is_first_visit[document.address.substr(document.address.size() - 4)] =
        ok(snapshots.is_first_read(*snapshot));
  }
  CHECK(is_first_visit == std::map<std::string, bool>{{"/old", true}, {"/new", false}});
}

TEST_CASE("an index within an index is not followed") {
  Fixture f;
  f.add("sitemap", "/index.xml");
  f.serve_sitemap("/index.xml", sitemap({{f.server.address("/other.xml"), ""}}, true));
  f.serve_sitemap("/other.xml",
                  sitemap({{f.server.address("/index.xml"), ""}, {f.server.address("/x.xml"), ""}}, true));
  f.run();
  CHECK(f.server.hits("/index.xml") == 1);
  CHECK(f.server.hits("/x.xml") == 0);
}

TEST_CASE("what a sitemap lists on other hosts or as files is never asked for") {
  Fixture f;
  LoopbackServer other("127.0.0.2");
  other.serve_page("/a", page("A", pumps));
  const TemporaryFolder folder;
  write_file(folder / "secret.html",
             page("Secret", "The secret is that nobody should ever read this sentence."));
  f.add("sitemap", "/sitemap.xml");
  f.serve_article("/b", works);
  const std::string with_user = "http://user:word@" + f.server.host_and_port() + "/b";
  f.serve_sitemap("/sitemap.xml", sitemap({{other.address("/a"), ""},
                                           {"file://" + (folder / "secret.html"), ""},
                                           {folder / "secret.html", ""},
                                           {"ftp://127.0.0.1/a", ""},
                                           {"javascript:alert(1)", ""},
                                           {with_user, ""},
                                           {f.server.address("/b"), ""}}));
  const auto report = f.run();
  CHECK(other.hits("/a") == 0);
  CHECK(report.linked_refused > 0);
  CHECK(report.linked_fetched == 1);
  CHECK(f.texts() == std::vector<std::string>{"# Page /b\n\n" + works});
}

TEST_CASE("robots txt and private addresses are respected for what is linked to") {
  Fixture f;
  f.server.answer("/robots.txt",
                  ServerResponse{200, "User-agent: *\nDisallow: /private\n", "text/plain", {}});
  f.server.answer("/away", ServerResponse{302, "", "", {{"Location", "http://10.0.0.1/"}}});
  f.add("sitemap", "/sitemap.xml");
  f.serve_article("/private", pumps);
  f.serve_sitemap("/sitemap.xml",
                  sitemap({{f.server.address("/private"), ""}, {f.server.address("/away"), ""}}));
  const auto report = f.run();
  CHECK(f.server.hits("/private") == 0);
  CHECK(report.linked_failed == 2);
  CHECK(f.counts().given_up == 2);
  CHECK(f.texts().empty());
}

TEST_CASE("a linked page that fails is tried three times ever later and then left alone") {
  Fixture f;
  f.add("sitemap", "/sitemap.xml");
  f.server.answer("/a", ServerResponse{500, "", "", {}});
  f.server.answer("/gone", ServerResponse{404, "", "", {}});
  f.serve_sitemap("/sitemap.xml",
                  sitemap({{f.server.address("/a"), "2026-01-01"}, {f.server.address("/gone"), ""}}));
  CHECK(f.run().linked_failed == 2);
  CHECK(f.run_later(5h).linked_failed == 0);
  CHECK(f.run_later(2h).linked_failed == 1);
  CHECK(f.run_later(24h).linked_failed == 1);
  CHECK(f.run_later(240h).linked_failed == 0);
  CHECK(f.server.hits("/gone") == 0);
  f.serve_article("/a", pumps);
  f.serve_sitemap("/sitemap.xml", sitemap({{f.server.address("/a"), "2026-12-01"}}));
  CHECK(f.run_later().linked_fetched == 1);
}

TEST_CASE("a run that is stopped among linked pages goes on where it was") {
  Fixture f;
  f.add("sitemap", "/sitemap.xml");
  std::vector<ListedPage> pages;
  for (int i = 1; i <= 6; ++i) {
    const std::string path = "/" + std::to_string(i);
    f.serve_article(path, "Sentence number " + path + " says what page it is of six.");
    pages.push_back({f.server.address(path), ""});
  }
  f.serve_sitemap("/sitemap.xml", sitemap(pages));
  f.steps_until_stop = 12;
  CHECK(f.run().interrupted);
  const std::size_t read = f.texts().size();
  CHECK(read < 6);
  f.steps_until_stop = 1'000'000;
  f.run();
  CHECK(f.texts().size() == 6);
  int hits = 0;
  for (int i = 1; i <= 6; ++i) hits += f.server.hits("/" + std::to_string(i));
  CHECK(hits <= 7);  // one may have been under way
}

namespace {

std::string summary_feed(const LoopbackServer& server, const std::string& summary) {
  return "<rss version='2.0'><channel><title>News of Pumps</title><item><title>Works in Graz</title><link>" +
         server.address("/article") +
         "</link><guid isPermaLink='false'>tag:1</guid><pubDate>Wed, 04 Nov 2026 " +
         "08:00:00 GMT</pubDate><description>" + summary + "</description></item></channel></rss>";
}

}  // namespace

TEST_CASE("the article of a feed's item is read in place of its summary where that is configured") {
  Fixture f;
  f.add("feed", "/feed.xml");
  f.serve_article("/article", works);
  f.server.serve_page("/feed.xml", summary_feed(f.server, "Something happened …"), "application/rss+xml");
  SECTION("by itself a feed is read as it stands") {
    f.run();
    CHECK(f.server.hits("/article") == 0);
    CHECK(f.texts() == std::vector<std::string>{"# Works in Graz\n\nSomething happened …"});
  }
  SECTION("summaries are followed") {
    f.configuration.fetch.follow_items = "summaries";
    f.run();
    CHECK(f.texts() == std::vector<std::string>{"# Page /article\n\n" + works});
    const auto documents = ok(kb::Snapshots{*f.store}.documents_of(f.source));
    REQUIRE(documents.size() == 1);
    CHECK(documents[0].identity == "tag:1");
    CHECK(documents[0].address == f.server.address("/article"));
    CHECK(ok(kb::Snapshots{*f.store}.latest(documents[0].id))->published == "2026-11-04T08:00:00Z");
    f.run_later();
    CHECK(f.server.hits("/article") == 0);
  }
  SECTION("an item that holds its article is not followed") {
    f.configuration.fetch.follow_items = "summaries";
    std::string whole;
    for (int i = 0; i < 40; ++i) whole += "A sentence of the article in the feed itself. ";
    f.server.serve_page("/feed.xml", summary_feed(f.server, whole), "application/rss+xml");
    f.run();
    CHECK(f.server.hits("/article") == 0);
    CHECK(f.texts().size() == 1);
  }
  SECTION("what cannot be followed is read as it stands in the feed") {
    f.configuration.fetch.follow_items = "always";
    f.server.answer("/article", ServerResponse{404, "", "", {}});
    f.run();
    CHECK(f.texts().empty());
    f.run_later();
    CHECK(f.texts() == std::vector<std::string>{"# Works in Graz\n\nSomething happened …"});
    f.run_later();
    CHECK(f.server.status_count(304) == 1);
  }
}

TEST_CASE("pages that a sitemap leads to are paid from the budget of fetches") {
  Fixture f;
  f.configuration.revisit.fetches_per_day = 6;
  f.add("sitemap", "/sitemap.xml");
  std::vector<ListedPage> pages;
  for (int i = 0; i < 10; ++i) {
    const std::string path = "/page-" + std::to_string(i);
    f.serve_article(path, "Page " + std::to_string(i) + " says that pumps are made here.");
    pages.push_back({f.server.address(path), "2026-11-0" + std::to_string(i % 9 + 1)});
  }
  f.serve_sitemap("/sitemap.xml", sitemap(pages));
  CHECK(f.run().linked_fetched == 5);
  CHECK(f.fetches() == 6);
  CHECK(f.counts().waiting == 5);
  // The same day, nothing is left.
  CHECK(f.run_later(1h).linked_fetched == 0);
  CHECK(f.fetches() == 0);
  CHECK(f.run_later(24h).linked_fetched > 0);
  CHECK(f.fetches() <= 6);
}

TEST_CASE(
    "what waits behind a sitemap and the sources themselves each have half of a budget that is too small") {
  Fixture f;
  f.configuration.revisit.fetches_per_day = 8;
  f.add("sitemap", "/sitemap.xml");
  std::vector<ListedPage> pages;
  for (int i = 0; i < 40; ++i) {
    f.serve_article("/page-" + std::to_string(i), "Page " + std::to_string(i) + " is about pumps.");
    pages.push_back({f.server.address("/page-" + std::to_string(i)), "2026-11-01"});
  }
  f.serve_sitemap("/sitemap.xml", sitemap(pages));
  for (int i = 0; i < 30; ++i) {
    const std::string path = "/source-" + std::to_string(i);
    f.serve_article(path, "Source " + std::to_string(i) + " is about pumps.");
    REQUIRE(kb::Sources{*f.store}.add("page", f.server.address(path), "", f.clock.now()).ok());
  }
  CHECK(f.run().linked_fetched == 0);  // nobody knew of any when the run was planned
  for (int day = 0; day < 3; ++day) {
    CHECK(f.run_later(25h).linked_fetched == 4);
    CHECK(f.fetches() == 8);
  }
  CHECK(f.counts().waiting == 28);
}

TEST_CASE("a sitemap lists only what is below its folder and what it may not is counted") {
  Fixture f;
  f.add("sitemap", "/pumps/sitemap.xml");
  f.serve_article("/pumps/a", pumps);
  f.serve_article("/valves/b", works);
  f.serve_sitemap("/pumps/sitemap.xml", sitemap({{f.server.address("/pumps/a"), ""},
                                                 {f.server.address("/valves/b"), ""},
                                                 {f.server.address("/pumpsets/c"), ""},
                                                 {f.server.address("/"), ""}}));
  const auto report = f.run();
  CHECK(report.linked_fetched == 1);
  CHECK(report.linked_refused == 3);
  CHECK(f.server.hits("/valves/b") == 0);
  CHECK(f.server.hits("/") == 0);
}

TEST_CASE("a sitemap that its site's robots file names may list the whole site") {
  Fixture f;
  f.add("sitemap", "/maps/sitemap.xml");
  f.serve_article("/pumps/a", pumps);
  f.serve_sitemap("/maps/sitemap.xml", sitemap({{f.server.address("/pumps/a"), ""}}));
  const auto refused = f.run();
  CHECK(refused.linked_fetched == 0);
  REQUIRE(refused.failures.size() == 1);
  CHECK(refused.failures[0].reason.find("above its own folder") != std::string::npos);

  const std::string robots =
      "User-agent: *\nAllow: /\nSitemap: " + f.server.address("/maps/sitemap.xml") + "\n";
  REQUIRE(
      kb::RobotsTable{*f.store}.keep(f.server.address(""), {f.clock.now(), 200, robots, std::nullopt}).ok());
  CHECK(f.run_later(24h * 8).linked_fetched == 1);
  CHECK(f.server.hits("/pumps/a") == 1);
}

TEST_CASE("what an index may list its sitemaps may list too") {
  Fixture f;
  f.add("sitemap", "/sitemap.xml");
  f.serve_article("/pumps/a", pumps);
  f.serve_sitemap("/sitemap.xml", sitemap({{f.server.address("/maps/pumps.xml"), "2026-11-01"}}, true));
  f.serve_sitemap("/maps/pumps.xml", sitemap({{f.server.address("/pumps/a"), "2026-11-01"}}));
  const auto report = f.run();
  CHECK(report.linked_refused == 0);
  CHECK(f.server.hits("/pumps/a") == 1);
}

TEST_CASE("a listed page that leads to the front page is given up and never read as that page") {
  Fixture f;
  f.add("sitemap", "/sitemap.xml");
  f.serve_article("/", "Welcome to the makers of pumps in Basel.");
  f.server.answer("/pumps/a", ServerResponse{301, "", "", {{"Location", "/"}}});
  f.serve_sitemap("/sitemap.xml", sitemap({{f.server.address("/pumps/a"), "2026-11-01"}}));
  const auto report = f.run();
  CHECK(report.linked_failed == 1);
  CHECK(f.texts().empty());
  CHECK(f.counts().given_up == 1);
}
