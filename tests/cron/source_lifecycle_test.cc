// What becomes of sources over days: when they are due, when they are gone, where they move. The real fetcher
// against servers on loopback, whose hits are counted, on a clock on which days pass.

#include "cron/source_lifecycle.h"

#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/source_flags.h"
#include "kb/sources/source_lifecycle.h"
#include "kb/sources/sources.h"
#include "tests/cron/loopback_refresh.h"
#include "tests/support/catch.h"
#include "tests/support/fake_dns.h"

using namespace stubkeeper;
using namespace stubkeeper::cron;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

constexpr const char* page =
    "<title>Pumpwerk</title><main><p>Pumpwerk is a maker of pumps in Basel.</p></main>";

// A knowledge base that is refreshed once a day.
struct WebFixture : LoopbackRefresh {
  WebFixture() : LoopbackRefresh("2026-06-01T06:00:00Z") {}

  kb::Id add(const std::string& address, const std::string& kind = "page") {
    return ok(kb::Sources{*store}.add(kind, address, "", clock.now()));
  }
  kb::Id add_entry(const std::string& path, kb::Id source) {
    const auto entry = ok(kb::EntryStore{*store}.add(
        {path, path + ".md", kb::EntryKind::entry, "Pumpwerk", kb::EntryState::published,
         "---\ntitle: \"Pumpwerk\"\nlast_reviewed: 2026-05-30\n---\n"},
        kb::AuthorKind::person, "jane", clock.now(), ""));
    REQUIRE(kb::Sources{*store}.link_to_entry(source, entry.id).ok());
    return entry.id;
  }
  // So many days, with a run on each; gives the last report.
  RefreshReport run_days(int number) {
    RefreshReport report;
    for (int day = 0; day < number; ++day) {
      clock.advance(24h);
      report = run_refresh();
    }
    return report;
  }
  kb::Source source(kb::Id id) { return ok(kb::Sources{*store}.get(id)); }
  std::vector<kb::Flag> source_flags(kb::Id id) { return ok(kb::SourceFlags{*store}.list_open(id)); }
  std::vector<kb::EntryFlag> entry_flags() { return ok(kb::SourceLifecycle{*store}.entry_flags()); }
};

ServerResponse status(int number) {
  return ServerResponse{number, "", "", {}};
}
ServerResponse moved(const std::string& to, int number = 301) {
  return ServerResponse{number, "", "", {{"Location", to}}};
}

}  // namespace

TEST_CASE("a page that is missing is called gone after three looks at least three days apart") {
  WebFixture web;
  const kb::Id id = web.add(web.server.address("/a"));
  const kb::Id entry = web.add_entry("pumps/pumpwerk", id);
  web.server.serve_page("/a", page);
  web.run_refresh();
  const auto documents = ok(kb::Snapshots{*web.store}.documents_of(id));
  const auto snapshot = ok(kb::Snapshots{*web.store}.latest(documents.at(0).id));

  web.server.answer("/a", status(404));
  web.run_days(2);
  CHECK(web.source(id).absences == 1);
  CHECK(web.source(id).state == kb::SourceState::active);
  int days_passed = 2;
  std::vector<std::string> gone;
  while (gone.empty() && days_passed < 30) {
    gone = web.run_days(1).gone;
    ++days_passed;
  }
  CHECK(gone == std::vector{web.server.address("/a")});
  // Two days after its last good look it failed first; the other two look-ups were 3 days or more later each.
  CHECK(days_passed >= 8);
  CHECK(web.source(id).state == kb::SourceState::gone);
  CHECK(web.source(id).absences == 3);

  const auto flags = web.entry_flags();
  REQUIRE(flags.size() == 1);
  CHECK(flags[0].entry_id == entry);
  CHECK(flags[0].source_id == id);
  CHECK(flags[0].flag.name == "source-gone");
  CHECK(flags[0].flag.detail.find("answered 404 Not Found") != std::string::npos);

  // What it said can still be quoted.
  REQUIRE(snapshot);
  CHECK(ok(kb::Snapshots{*web.store}.text(*snapshot)).find("maker of pumps") != std::string::npos);
}

TEST_CASE("looks on one day, however many, count as one absence") {
  WebFixture web;
  const kb::Id id = web.add(web.server.address("/a"));
  for (int hour = 0; hour < 24; ++hour) {
    REQUIRE(kb::Sources{*web.store}.postpone(id, web.clock.now()).ok());
    web.run_refresh();
    web.clock.advance(1h);
  }
  CHECK(web.server.hits("/a") == 24);
  CHECK(web.source(id).absences == 1);
  CHECK(web.source(id).state == kb::SourceState::active);
}

TEST_CASE("a good answer in between begins the count anew") {
  WebFixture web;
  const kb::Id id = web.add(web.server.address("/a"));
  web.run_refresh();
  web.run_days(5);
  CHECK(web.source(id).absences == 2);
  web.server.serve_page("/a", page);
  web.run_days(8);
  CHECK(web.source(id).absences == 0);
  web.server.answer("/a", status(404));
  web.run_days(2);
  CHECK(web.source(id).absences == 1);
  CHECK(web.source(id).state == kb::SourceState::active);
}

TEST_CASE("a 410 says at once that a page is gone") {
  WebFixture web;
  const kb::Id id = web.add(web.server.address("/a"));
  web.add_entry("pumps/pumpwerk", id);
  web.server.answer("/a", status(410));
  CHECK(web.run_refresh().gone == std::vector{web.server.address("/a")});
  CHECK(web.source(id).state == kb::SourceState::gone);
  CHECK(web.entry_flags().size() == 1);
}

TEST_CASE("a gone page is looked at every 30 days, and comes back by itself") {
  WebFixture web;
  const kb::Id id = web.add(web.server.address("/a"));
  web.add_entry("pumps/pumpwerk", id);
  web.server.answer("/a", status(410));
  web.run_refresh();
  web.run_days(29);
  CHECK(web.server.hits("/a") == 1);
  web.run_days(1);
  CHECK(web.server.hits("/a") == 2);
  web.run_days(29);
  CHECK(web.server.hits("/a") == 2);
  web.server.serve_page("/a", page);
  CHECK(web.run_days(1).recovered == std::vector{web.server.address("/a")});
  CHECK(web.source(id).state == kb::SourceState::active);
  CHECK(web.source(id).absences == 0);
  CHECK(web.entry_flags().empty());
  web.run_days(2);
  CHECK(web.server.hits("/a") > 3);
}

TEST_CASE("other failures never make a page gone") {
  WebFixture web;
  const kb::Id broken = web.add(web.server.address("/500"));
  const kb::Id forbidden = web.add(web.server.address("/403"));
  const kb::Id empty = web.add(web.server.address("/empty"));
  const kb::Id disallowed = web.add(web.server.address("/private"));
  web.server.answer("/robots.txt",
                    ServerResponse{200, "User-agent: *\nDisallow: /private\n", "text/plain", {}});
  web.server.answer("/500", status(500));
  web.server.answer("/403", status(403));
  web.server.answer("/empty", ServerResponse{200, "<html></html>", "text/html", {}});
  web.run_refresh();
  web.run_days(60);
  for (const kb::Id id : {broken, forbidden, empty, disallowed}) {
    CHECK(web.source(id).failures > 3);
    CHECK(web.source(id).absences == 0);
    CHECK(web.source(id).state == kb::SourceState::active);
  }
}

TEST_CASE("a host that is out of reach three times over days is gone too") {
  WebFixture web;
  const kb::Id id = web.add("http://127.0.0.1:1/a");
  web.run_refresh();
  CHECK(web.source(id).absences == 1);
  web.run_days(20);
  CHECK(web.source(id).state == kb::SourceState::gone);
}

TEST_CASE("where no host at all answers, our own network is to blame, and no source is") {
  WebFixture web;
  std::vector<kb::Id> ids;
  for (const std::string host : {"127.0.0.11", "127.0.0.12", "127.0.0.13"})
    ids.push_back(web.add("http://" + host + ":1/"));
  web.run_refresh();
  web.run_days(30);
  for (const kb::Id id : ids) {
    CHECK(web.source(id).failures > 3);
    CHECK(web.source(id).state == kb::SourceState::active);
    CHECK(web.source(id).absences == 0);
  }
  // A host that answers shows that the network is there.
  web.server.serve_page("/a", page);
  web.add(web.server.address("/a"));
  web.run_days(40);
  for (const kb::Id id : ids) CHECK(web.source(id).state == kb::SourceState::gone);
}

TEST_CASE("a permanent redirect is followed at once and becomes the address after three different days") {
  WebFixture web;
  const kb::Id id = web.add(web.server.address("/old"));
  web.add_entry("pumps/pumpwerk", id);
  web.server.answer("/old", moved("/new"));
  web.server.serve_page("/new", page);
  CHECK(web.run_refresh().changed == 1);
  CHECK(web.server.hits("/new") == 1);
  CHECK(web.source(id).address == web.server.address("/old"));
  for (int hour = 0; hour < 10; ++hour) {
    REQUIRE(kb::Sources{*web.store}.postpone(id, web.clock.now()).ok());
    web.run_refresh();
  }
  CHECK(ok(kb::SourceLifecycle{*web.store}.list_redirects(id)).size() == 1);
  RefreshReport report;
  for (int day = 0; day < 5 && report.moved.empty(); ++day) {
    CHECK(web.source(id).address == web.server.address("/old"));
    report = web.run_days(1);
  }
  REQUIRE(report.moved.size() == 1);
  CHECK(report.moved[0].new_address == web.server.address("/new"));
  CHECK(web.source(id).address == web.server.address("/new"));
  const auto moves = ok(kb::SourceLifecycle{*web.store}.list_moves(id));
  REQUIRE(moves.size() == 1);
  CHECK(moves[0].old_address == web.server.address("/old"));

  // From now on the new address is asked, what it says is no news, and the old one still finds the source.
  web.server.forget_requests();
  web.server.answer("/new", ServerResponse{200, page, "text/html", {}});
  const auto later = web.run_days(3);
  CHECK(web.server.hits("/old") == 0);
  CHECK(web.server.hits("/new") >= 1);
  CHECK(later.snapshots == 0);
  CHECK(ok(kb::Sources{*web.store}.find(web.server.address("/old")))->id == id);
  CHECK(web.add(web.server.address("/old")) == id);
}

TEST_CASE(
    "a page that leads to its site's front page for good has not moved and is gone after three looks over "
    "days") {
  WebFixture web;
  const kb::Id id = web.add(web.server.address("/pumps/a"));
  const kb::Id entry = web.add_entry("pumps/pumpwerk", id);
  web.server.serve_page("/pumps/a", page);
  web.server.serve_page("/", "<title>Pumps</title><main><p>Welcome to the makers of pumps.</p></main>");
  web.run_refresh();
  web.server.answer("/pumps/a", moved("/"));

  const auto first = web.run_days(2);
  CHECK(web.source(id).absences == 1);
  CHECK(web.source(id).state == kb::SourceState::active);
  CHECK(ok(kb::SourceLifecycle{*web.store}.list_redirects(id)).empty());
  REQUIRE(web.source_flags(id).size() == 1);
  CHECK(web.source_flags(id)[0].name == "front-page");

  int days_passed = 2;
  std::vector<std::string> gone;
  while (gone.empty() && days_passed < 40) {
    const auto report = web.run_days(1);
    CHECK(report.moved.empty());
    CHECK(report.snapshots == 0);
    gone = report.gone;
    ++days_passed;
  }
  CHECK(days_passed >= 8);
  CHECK(gone == std::vector{web.server.address("/pumps/a")});
  CHECK(web.source(id).address == web.server.address("/pumps/a"));
  const auto flags = web.entry_flags();
  REQUIRE(flags.size() == 1);
  CHECK(flags[0].entry_id == entry);
  CHECK(flags[0].flag.name == "source-gone");
  CHECK(flags[0].flag.detail.find("front page") != std::string::npos);

  // It is looked at on, and comes back.
  web.server.serve_page("/pumps/a", page);
  std::vector<std::string> recovered;
  for (int day = 0; day < 35 && recovered.empty(); ++day) recovered = web.run_days(1).recovered;
  CHECK(recovered == std::vector{web.server.address("/pumps/a")});
  CHECK(web.source_flags(id).empty());
  CHECK(web.entry_flags().empty());
  // Not one snapshot is of the front page.
  CHECK(ok(kb::Snapshots{*web.store}.count()) == 1);
}

TEST_CASE("a page that leads to its front page by a temporary redirect fails and never counts as gone") {
  WebFixture web;
  const kb::Id id = web.add(web.server.address("/pumps/a"));
  web.server.serve_page("/", page);
  web.server.answer("/pumps/a", moved("/", 302));
  web.run_refresh();
  web.run_days(40);
  CHECK(web.source(id).state == kb::SourceState::active);
  CHECK(web.source(id).absences == 0);
  CHECK(web.source(id).failures >= 3);
  CHECK(web.source_flags(id).size() == 1);
  CHECK(ok(kb::Snapshots{*web.store}.count()) == 0);
}

TEST_CASE("a front page that moves to another front page moves like any page") {
  WebFixture web;
  const kb::Id id = web.add(web.server.address("/index.html"));
  web.server.answer("/index.html", moved("/en/"));
  web.server.serve_page("/en/", page);
  web.run_refresh();
  std::size_t moves = 0;
  for (int day = 0; day < 6; ++day) moves += web.run_days(1).moved.size();
  CHECK(moves == 1);
  CHECK(web.source(id).address == web.server.address("/en/"));
}

TEST_CASE("a challenge that comes with a refusal is told as one until the page can be read") {
  const std::string challenge =
      "<!doctype html><title>Just a moment...</title><script>window._cf_chl_opt = {};</script><p>Enable "
      "JavaScript and cookies to continue";
  for (const int refusal : {403, 503, 429}) {
    WebFixture web;
    const kb::Id id = web.add(web.server.address("/a"));
    web.server.answer("/a", ServerResponse{refusal, challenge, "text/html", {}});
    const auto report = web.run_refresh();
    INFO(refusal);
    REQUIRE(report.failures.size() == 1);
    CHECK(report.failures[0].reason.find("answered " + std::to_string(refusal)) != std::string::npos);
    CHECK(report.failures[0].reason.find("[bot-challenge]") != std::string::npos);
    REQUIRE(web.source_flags(id).size() == 1);
    CHECK(web.source_flags(id)[0].name == "bot-challenge");
    CHECK(web.source(id).failures == 1);
    CHECK(web.source(id).absences == 0);

    web.server.serve_page("/a", page);
    CHECK(web.run_days(3).failures.empty());
    CHECK(web.source_flags(id).empty());
  }
}

TEST_CASE("a refusal that says nothing of robots has no flag") {
  WebFixture web;
  const kb::Id id = web.add(web.server.address("/a"));
  for (const auto& [number, body] :
       {std::pair{403, "<title>403 Forbidden</title><h1>Forbidden</h1>"}, std::pair{503, ""},
        std::pair{500, "<title>Just a moment...</title><p>Checking your browser.</p>"}}) {
    web.server.answer("/a", ServerResponse{number, body, "text/html", {}});
    REQUIRE(kb::Sources{*web.store}.postpone(id, web.clock.now()).ok());
    CHECK(web.run_refresh().failures.size() == 1);
    CHECK(web.source_flags(id).empty());
  }
}

TEST_CASE("a redirect that is not for good, or changes its mind, is never written down") {
  WebFixture web;
  const kb::Id temporary = web.add(web.server.address("/temporary"));
  const kb::Id mixed = web.add(web.server.address("/mixed"));
  const kb::Id restless = web.add(web.server.address("/restless"));
  const kb::Id once = web.add(web.server.address("/once"));
  for (const std::string path : {"/b", "/c", "/d"}) web.server.serve_page(path, page);
  web.server.answer("/temporary", moved("/b", 302));
  web.server.answer("/mixed", moved("/temporary", 301));
  web.server.answer("/once", moved("/b"));
  web.run_refresh();
  for (int day = 0; day < 12; ++day) {
    web.server.answer("/restless", moved(day % 2 == 0 ? "/c" : "/d", 308));
    if (day % 2 == 0) {
      web.server.answer("/once", moved("/b"));
    } else {
      web.server.serve_page("/once", page);
    }
    web.clock.advance(27h);
    web.run_refresh();
  }
  CHECK(web.source(temporary).address == web.server.address("/temporary"));
  CHECK(web.source(mixed).address == web.server.address("/mixed"));
  CHECK(web.source(restless).address == web.server.address("/restless"));
  CHECK(web.source(once).address == web.server.address("/once"));
}

TEST_CASE("a redirect to what is not what the source should be does not count") {
  WebFixture web;
  const kb::Id feed = web.add(web.server.address("/feed"), "feed");
  const kb::Id gone = web.add(web.server.address("/to-nothing"));
  web.server.answer("/feed", moved("/login"));
  web.server.serve_page("/login", "<title>Log in</title><form><input type=password></form><p>Log in.</p>");
  web.server.answer("/to-nothing", moved("/nothing"));
  web.run_refresh();
  web.run_days(20);
  CHECK(web.source(feed).address == web.server.address("/feed"));
  CHECK(ok(kb::SourceLifecycle{*web.store}.list_redirects(feed)).empty());
  CHECK(web.source(gone).address == web.server.address("/to-nothing"));
}

TEST_CASE("a source that moves to where another one is gives it its entries") {
  WebFixture web;
  const kb::Id old_one = web.add(web.server.address("/old"));
  const kb::Id there = web.add(web.server.address("/new"));
  const kb::Id entry = web.add_entry("pumps/pumpwerk", old_one);
  web.server.answer("/old", moved("/new"));
  web.server.serve_page("/new", page);
  web.run_refresh();
  web.run_days(6);
  CHECK(web.source(old_one).state == kb::SourceState::removed);
  CHECK(ok(kb::Sources{*web.store}.entries_of(there)) == std::vector<kb::Id>{entry});
  CHECK(ok(kb::Sources{*web.store}.find(web.server.address("/old")))->id == there);
  const auto documents = ok(kb::Snapshots{*web.store}.documents_of(old_one));
  REQUIRE(documents.size() == 1);
  CHECK(ok(kb::Snapshots{*web.store}.latest(documents[0].id)));
}

TEST_CASE("an answer that stays good for hours is not asked for within them, and for a day at most") {
  WebFixture web;
  web.configuration.revisit.page_minutes = 60;
  const auto page_for = [&](const std::string& path, const std::string& cache_control) {
    web.server.answer(path, ServerResponse{200, page, "text/html", {{"Cache-Control", cache_control}}});
    web.add(web.server.address(path));
  };
  page_for("/hours", "max-age=18000");
  page_for("/year", "max-age=31536000");
  page_for("/never", "no-cache");
  web.server.answer("/expires", [&](const ServerRequest&) {
    return ServerResponse{
        200,
        page,
        "text/html",
        {{"Date", "Mon, 01 Jun 2026 06:00:00 GMT"}, {"Expires", "Mon, 01 Jun 2026 11:00:00 GMT"}}};
  });
  web.add(web.server.address("/expires"));
  web.run_refresh();
  for (int minutes = 0; minutes < 4 * 60 + 50; minutes += 10) {
    web.clock.advance(10min);
    web.run_refresh();
  }
  CHECK(web.server.hits("/hours") == 1);
  CHECK(web.server.hits("/expires") == 1);
  CHECK(web.server.hits("/never") >= 4);
  for (int minutes = 0; minutes < 20; minutes += 10) {
    web.clock.advance(10min);
    web.run_refresh();
  }
  CHECK(web.server.hits("/hours") == 2);
  CHECK(web.server.hits("/expires") == 2);
  CHECK(web.server.hits("/year") == 1);
  for (int hour = 0; hour < 20; ++hour) {
    web.clock.advance(1h);
    web.run_refresh();
  }
  CHECK(web.server.hits("/year") == 2);
}

TEST_CASE("a feed is asked no more often than it says, also while it answers that nothing changed") {
  WebFixture web;
  web.configuration.revisit.feed_minutes = 30;
  const auto feed = [](const std::string& hints) {
    return "<rss version=\"2.0\" "
           "xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\"><channel><title>F</title>" +
           hints + "<item><guid>1</guid><title>One</title></item></channel></rss>";
  };
  web.server.serve_page("/ttl", feed("<ttl>300</ttl>"), "application/rss+xml");
  web.server.serve_page(
      "/sy", feed("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"),
      "application/rss+xml");
  web.server.serve_page("/plain", feed(""), "application/rss+xml");
  for (const std::string path : {"/ttl", "/sy", "/plain"}) web.add(web.server.address(path), "feed");
  web.run_refresh();
  const auto run_for = [&](std::chrono::minutes time) {
    for (std::chrono::minutes days_passed{0}; days_passed < time; days_passed += 10min) {
      web.clock.advance(10min);
      web.run_refresh();
    }
  };
  run_for(290min);
  CHECK(web.server.hits("/ttl") == 1);
  CHECK(web.server.hits("/sy") == 1);
  CHECK(web.server.hits("/plain") >= 7);
  run_for(20min);
  CHECK(web.server.hits("/ttl") == 2);
  CHECK(web.server.status_count(304) > 0);
  // The second answer was a 304, without a word about times; what the feed said still holds.
  run_for(280min);
  CHECK(web.server.hits("/ttl") == 2);
  CHECK(web.server.hits("/sy") == 2);
}

TEST_CASE("a feed is not asked in the hours and on the days that it leaves out") {
  WebFixture web;  // Monday, six o'clock
  web.configuration.revisit.feed_minutes = 60;
  web.server.serve_page(
      "/feed",
      "<rss version=\"2.0\"><channel><title>F</title><skipHours><hour>7</hour><hour>8</hour><hour>9"
      "</hour></skipHours><skipDays><day>Tuesday</day></skipDays><item><guid>1</guid><title>One"
      "</title></item></channel></rss>",
      "application/rss+xml");
  web.add(web.server.address("/feed"), "feed");
  web.run_refresh();
  const auto run_until = [&](const std::string& time) {
    while (web.clock.now() < *parse_rfc3339(time)) {
      web.clock.advance(10min);
      web.run_refresh();
    }
  };
  run_until("2026-06-01T09:50:00Z");
  CHECK(web.server.hits("/feed") == 1);
  run_until("2026-06-01T10:10:00Z");
  CHECK(web.server.hits("/feed") == 2);
  run_until("2026-06-01T23:50:00Z");
  const int monday = web.server.hits("/feed");
  CHECK(monday > 8);
  run_until("2026-06-02T22:00:00Z");
  CHECK(web.server.hits("/feed") == monday);
}

TEST_CASE("what is asked for moves a visit by a day at most, and never to an earlier time") {
  const Timestamp now = *parse_rfc3339("2026-06-01T06:30:00Z");
  const kb::VisitHints never{1'000'000, 0xFFFFFF, 0x7F};
  CHECK(apply_revisit_hints(now + 1h, 0s, {}, now) == now + 1h);
  CHECK(apply_revisit_hints(now + 1h, 7200s, {}, now) == now + 2h);
  CHECK(apply_revisit_hints(now + 72h, 7200s, {60, 0, 0}, now) == now + 72h);
  CHECK(apply_revisit_hints(now + 1h, std::chrono::seconds{1} * 2147483648LL, {}, now) == now + 24h);
  CHECK(apply_revisit_hints(now + 1h, 0s, never, now) == now + 24h);
  CHECK(apply_revisit_hints(now + 72h, 0s, never, now) == now + 72h);
  CHECK(apply_revisit_hints(now + 1h, 0s, {0, 1U << 7, 0}, now) == *parse_rfc3339("2026-06-01T08:00:00Z"));
}

TEST_CASE("a source backs off alone, and its host's other sources are asked as ever") {
  WebFixture web;
  const kb::Id bad = web.add(web.server.address("/bad"));
  web.add(web.server.address("/good"));
  web.server.answer("/bad", status(500));
  web.server.serve_page("/good", page);
  web.run_refresh();
  web.run_days(40);
  CHECK(web.source(bad).failures >= 5);
  CHECK(web.server.hits("/bad") <= 12);
  CHECK(web.server.hits("/good") >= 18);
}

TEST_CASE("sources of a host that asked for time are postponed, which is no failure of theirs") {
  WebFixture web;
  LoopbackServer other("127.0.0.2");
  const kb::Id first = web.add(web.server.address("/1"));
  const kb::Id second = web.add(web.server.address("/2"));
  const kb::Id elsewhere = web.add(other.address("/3"));
  web.configuration.revisit.page_minutes = 10;
  web.server.answer("/1", ServerResponse{429, "", "", {{"Retry-After", "3600"}}});
  web.server.answer("/2", ServerResponse{429, "", "", {{"Retry-After", "3600"}}});
  other.serve_page("/3", page);
  web.run_refresh();
  const int asked = web.server.hits("/1") + web.server.hits("/2");
  for (int minutes = 0; minutes < 50; minutes += 10) {
    web.clock.advance(10min);
    REQUIRE(kb::Sources{*web.store}.postpone(second, web.clock.now()).ok());
    const auto report = web.run_refresh();
    CHECK(report.postponed == 1);
    CHECK(report.failures.empty());
    CHECK(web.source(second).due_at == *parse_rfc3339("2026-06-01T07:00:00Z"));
  }
  CHECK(web.server.hits("/1") + web.server.hits("/2") == asked);
  CHECK(other.hits("/3") >= 3);
  CHECK(web.source(elsewhere).failures == 0);
  CHECK(web.source(first).absences == 0);
  web.server.serve_page("/1", page);
  web.server.serve_page("/2", page);
  web.clock.advance(2h);
  CHECK(web.run_refresh().failures.empty());
  CHECK(web.server.hits("/2") >= 1);
}
