// What becomes of sources over days: when they are due, when they are gone, where they move. The real fetcher
// against servers on loopback, whose hits are counted, on a clock on which days pass.

#include "cron/source_life.h"

#include "crawler/http_fetcher.h"
#include "cron/lower_bounds.h"
#include "cron/refresh.h"
#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/source_flags.h"
#include "kb/sources/source_life.h"
#include "kb/sources/sources.h"
#include "llm/extractive_drafter.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_dns.h"
#include "tests/support/loopback_server.h"
#include "tests/support/ok.h"
#include "tests/support/virtual_pace.h"

using namespace stubkeeper;
using namespace stubkeeper::cron;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

constexpr const char* page =
    "<title>Pumpwerk</title><main><p>Pumpwerk is a maker of pumps in Basel.</p></main>";

// A knowledge base that is refreshed once a day.
struct Web {
  std::unique_ptr<kb::Store> store = ok(kb::Store::in_memory());
  FakeClock clock{"2026-06-01T06:00:00Z"};
  VirtualPace pace;
  crawler::MemoryRobotsCache robots;
  crawler::MemoryHostPauses pauses;
  Configuration configuration;
  llm::ExtractiveDrafter drafter;
  SilentProgress progress;
  LoopbackServer server;

  kb::Id add(const std::string& address, kb::SourceKind kind = kb::SourceKind::page) {
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
  RefreshReport refresh_now() {
    crawler::HttpOptions options;
    options.host_delay = 0ms;
    options.allow_addresses = {"127.0.0.0/8"};
    crawler::HttpFetcher fetcher{options, robots, pauses, clock, pace};
    const RefreshParts parts{*store, fetcher, drafter, clock, configuration, progress, [] { return true; }};
    return ok(refresh(parts, {}));
  }
  // So many days, with a run on each; gives the last report.
  RefreshReport pass(int number) {
    RefreshReport report;
    for (int day = 0; day < number; ++day) {
      clock.advance(24h);
      report = refresh_now();
    }
    return report;
  }
  kb::Source source(kb::Id id) { return ok(kb::Sources{*store}.get(id)); }
  std::vector<kb::Flag> source_flags(kb::Id id) { return ok(kb::SourceFlags{*store}.open_of(id)); }
  std::vector<kb::EntryFlag> entry_flags() { return ok(kb::SourceLife{*store}.entry_flags()); }
};

ServedAnswer status(int number) {
  return ServedAnswer{number, "", "", {}};
}
ServedAnswer moved(const std::string& to, int number = 301) {
  return ServedAnswer{number, "", "", {{"Location", to}}};
}

}  // namespace

TEST_CASE("a page that is missing is called gone after three looks at least three days apart") {
  Web web;
  const kb::Id id = web.add(web.server.address("/a"));
  const kb::Id entry = web.add_entry("pumps/pumpwerk", id);
  web.server.serve_page("/a", page);
  web.refresh_now();
  const auto documents = ok(kb::Snapshots{*web.store}.documents_of(id));
  const auto snapshot = ok(kb::Snapshots{*web.store}.latest(documents.at(0).id));

  web.server.answer("/a", status(404));
  web.pass(2);
  CHECK(web.source(id).absences == 1);
  CHECK(web.source(id).state == kb::SourceState::active);
  int passed = 2;
  std::vector<std::string> gone;
  while (gone.empty() && passed < 30) {
    gone = web.pass(1).gone;
    ++passed;
  }
  CHECK(gone == std::vector{web.server.address("/a")});
  // Two days after its last good look it failed first; the other two look-ups were 3 days or more later each.
  CHECK(passed >= 8);
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
  Web web;
  const kb::Id id = web.add(web.server.address("/a"));
  for (int hour = 0; hour < 24; ++hour) {
    REQUIRE(kb::Sources{*web.store}.postpone(id, web.clock.now()).ok());
    web.refresh_now();
    web.clock.advance(1h);
  }
  CHECK(web.server.hits("/a") == 24);
  CHECK(web.source(id).absences == 1);
  CHECK(web.source(id).state == kb::SourceState::active);
}

TEST_CASE("a good answer in between begins the count anew") {
  Web web;
  const kb::Id id = web.add(web.server.address("/a"));
  web.refresh_now();
  web.pass(5);
  CHECK(web.source(id).absences == 2);
  web.server.serve_page("/a", page);
  web.pass(8);
  CHECK(web.source(id).absences == 0);
  web.server.answer("/a", status(404));
  web.pass(2);
  CHECK(web.source(id).absences == 1);
  CHECK(web.source(id).state == kb::SourceState::active);
}

TEST_CASE("a 410 says at once that a page is gone") {
  Web web;
  const kb::Id id = web.add(web.server.address("/a"));
  web.add_entry("pumps/pumpwerk", id);
  web.server.answer("/a", status(410));
  CHECK(web.refresh_now().gone == std::vector{web.server.address("/a")});
  CHECK(web.source(id).state == kb::SourceState::gone);
  CHECK(web.entry_flags().size() == 1);
}

TEST_CASE("a gone page is looked at every 30 days, and comes back by itself") {
  Web web;
  const kb::Id id = web.add(web.server.address("/a"));
  web.add_entry("pumps/pumpwerk", id);
  web.server.answer("/a", status(410));
  web.refresh_now();
  web.pass(29);
  CHECK(web.server.hits("/a") == 1);
  web.pass(1);
  CHECK(web.server.hits("/a") == 2);
  web.pass(29);
  CHECK(web.server.hits("/a") == 2);
  web.server.serve_page("/a", page);
  CHECK(web.pass(1).back == std::vector{web.server.address("/a")});
  CHECK(web.source(id).state == kb::SourceState::active);
  CHECK(web.source(id).absences == 0);
  CHECK(web.entry_flags().empty());
  web.pass(2);
  CHECK(web.server.hits("/a") > 3);
}

TEST_CASE("other failures never make a page gone") {
  Web web;
  const kb::Id broken = web.add(web.server.address("/500"));
  const kb::Id forbidden = web.add(web.server.address("/403"));
  const kb::Id empty = web.add(web.server.address("/empty"));
  const kb::Id disallowed = web.add(web.server.address("/private"));
  web.server.answer("/robots.txt",
                    ServedAnswer{200, "User-agent: *\nDisallow: /private\n", "text/plain", {}});
  web.server.answer("/500", status(500));
  web.server.answer("/403", status(403));
  web.server.answer("/empty", ServedAnswer{200, "<html></html>", "text/html", {}});
  web.refresh_now();
  web.pass(60);
  for (const kb::Id id : {broken, forbidden, empty, disallowed}) {
    CHECK(web.source(id).failures > 3);
    CHECK(web.source(id).absences == 0);
    CHECK(web.source(id).state == kb::SourceState::active);
  }
}

TEST_CASE("a host that is out of reach three times over days is gone too") {
  Web web;
  const kb::Id id = web.add("http://127.0.0.1:1/a");
  web.refresh_now();
  CHECK(web.source(id).absences == 1);
  web.pass(20);
  CHECK(web.source(id).state == kb::SourceState::gone);
}

TEST_CASE("where no host at all answers, our own network is to blame, and no source is") {
  Web web;
  std::vector<kb::Id> ids;
  for (const std::string host : {"127.0.0.11", "127.0.0.12", "127.0.0.13"})
    ids.push_back(web.add("http://" + host + ":1/"));
  web.refresh_now();
  web.pass(30);
  for (const kb::Id id : ids) {
    CHECK(web.source(id).failures > 3);
    CHECK(web.source(id).state == kb::SourceState::active);
    CHECK(web.source(id).absences == 0);
  }
  // A host that answers shows that the network is there.
  web.server.serve_page("/a", page);
  web.add(web.server.address("/a"));
  web.pass(40);
  for (const kb::Id id : ids) CHECK(web.source(id).state == kb::SourceState::gone);
}

TEST_CASE("a permanent redirect is followed at once and becomes the address after three different days") {
  Web web;
  const kb::Id id = web.add(web.server.address("/old"));
  web.add_entry("pumps/pumpwerk", id);
  web.server.answer("/old", moved("/new"));
  web.server.serve_page("/new", page);
  CHECK(web.refresh_now().changed == 1);
  CHECK(web.server.hits("/new") == 1);
  CHECK(web.source(id).address == web.server.address("/old"));
  for (int hour = 0; hour < 10; ++hour) {
    REQUIRE(kb::Sources{*web.store}.postpone(id, web.clock.now()).ok());
    web.refresh_now();
  }
  CHECK(ok(kb::SourceLife{*web.store}.redirects_seen(id)).size() == 1);
  RefreshReport report;
  for (int day = 0; day < 5 && report.moved.empty(); ++day) {
    CHECK(web.source(id).address == web.server.address("/old"));
    report = web.pass(1);
  }
  REQUIRE(report.moved.size() == 1);
  CHECK(report.moved[0].new_address == web.server.address("/new"));
  CHECK(web.source(id).address == web.server.address("/new"));
  const auto moves = ok(kb::SourceLife{*web.store}.moves_to(id));
  REQUIRE(moves.size() == 1);
  CHECK(moves[0].old_address == web.server.address("/old"));

  // From now on the new address is asked, what it says is no news, and the old one still finds the source.
  web.server.forget_requests();
  web.server.answer("/new", ServedAnswer{200, page, "text/html", {}});
  const auto later = web.pass(3);
  CHECK(web.server.hits("/old") == 0);
  CHECK(web.server.hits("/new") >= 1);
  CHECK(later.snapshots == 0);
  CHECK(ok(kb::Sources{*web.store}.find(web.server.address("/old")))->id == id);
  CHECK(web.add(web.server.address("/old")) == id);
}

TEST_CASE(
    "a page that leads to its site's front page for good has not moved and is gone after three looks over "
    "days") {
  Web web;
  const kb::Id id = web.add(web.server.address("/pumps/a"));
  const kb::Id entry = web.add_entry("pumps/pumpwerk", id);
  web.server.serve_page("/pumps/a", page);
  web.server.serve_page("/", "<title>Pumps</title><main><p>Welcome to the makers of pumps.</p></main>");
  web.refresh_now();
  web.server.answer("/pumps/a", moved("/"));

  const auto first = web.pass(2);
  CHECK(web.source(id).absences == 1);
  CHECK(web.source(id).state == kb::SourceState::active);
  CHECK(ok(kb::SourceLife{*web.store}.redirects_seen(id)).empty());
  REQUIRE(web.source_flags(id).size() == 1);
  CHECK(web.source_flags(id)[0].name == "front-page");

  int passed = 2;
  std::vector<std::string> gone;
  while (gone.empty() && passed < 40) {
    const auto report = web.pass(1);
    CHECK(report.moved.empty());
    CHECK(report.snapshots == 0);
    gone = report.gone;
    ++passed;
  }
  CHECK(passed >= 8);
  CHECK(gone == std::vector{web.server.address("/pumps/a")});
  CHECK(web.source(id).address == web.server.address("/pumps/a"));
  const auto flags = web.entry_flags();
  REQUIRE(flags.size() == 1);
  CHECK(flags[0].entry_id == entry);
  CHECK(flags[0].flag.name == "source-gone");
  CHECK(flags[0].flag.detail.find("front page") != std::string::npos);

  // It is looked at on, and comes back.
  web.server.serve_page("/pumps/a", page);
  std::vector<std::string> back;
  for (int day = 0; day < 35 && back.empty(); ++day) back = web.pass(1).back;
  CHECK(back == std::vector{web.server.address("/pumps/a")});
  CHECK(web.source_flags(id).empty());
  CHECK(web.entry_flags().empty());
  // Not one snapshot is of the front page.
  CHECK(ok(kb::Snapshots{*web.store}.count()) == 1);
}

TEST_CASE("a page that leads to its front page by a temporary redirect fails and never counts as gone") {
  Web web;
  const kb::Id id = web.add(web.server.address("/pumps/a"));
  web.server.serve_page("/", page);
  web.server.answer("/pumps/a", moved("/", 302));
  web.refresh_now();
  web.pass(40);
  CHECK(web.source(id).state == kb::SourceState::active);
  CHECK(web.source(id).absences == 0);
  CHECK(web.source(id).failures >= 3);
  CHECK(web.source_flags(id).size() == 1);
  CHECK(ok(kb::Snapshots{*web.store}.count()) == 0);
}

TEST_CASE("a front page that moves to another front page moves like any page") {
  Web web;
  const kb::Id id = web.add(web.server.address("/index.html"));
  web.server.answer("/index.html", moved("/en/"));
  web.server.serve_page("/en/", page);
  web.refresh_now();
  std::size_t moves = 0;
  for (int day = 0; day < 6; ++day) moves += web.pass(1).moved.size();
  CHECK(moves == 1);
  CHECK(web.source(id).address == web.server.address("/en/"));
}

TEST_CASE("a challenge that comes with a refusal is told as one until the page can be read") {
  const std::string challenge =
      "<!doctype html><title>Just a moment...</title><script>window._cf_chl_opt = {};</script><p>Enable "
      "JavaScript and cookies to continue";
  for (const int refusal : {403, 503, 429}) {
    Web web;
    const kb::Id id = web.add(web.server.address("/a"));
    web.server.answer("/a", ServedAnswer{refusal, challenge, "text/html", {}});
    const auto report = web.refresh_now();
    INFO(refusal);
    REQUIRE(report.failures.size() == 1);
    CHECK(report.failures[0].reason.find("answered " + std::to_string(refusal)) != std::string::npos);
    CHECK(report.failures[0].reason.find("[bot-challenge]") != std::string::npos);
    REQUIRE(web.source_flags(id).size() == 1);
    CHECK(web.source_flags(id)[0].name == "bot-challenge");
    CHECK(web.source(id).failures == 1);
    CHECK(web.source(id).absences == 0);

    web.server.serve_page("/a", page);
    CHECK(web.pass(3).failures.empty());
    CHECK(web.source_flags(id).empty());
  }
}

TEST_CASE("a refusal that says nothing of robots has no flag") {
  Web web;
  const kb::Id id = web.add(web.server.address("/a"));
  for (const auto& [number, body] :
       {std::pair{403, "<title>403 Forbidden</title><h1>Forbidden</h1>"}, std::pair{503, ""},
        std::pair{500, "<title>Just a moment...</title><p>Checking your browser.</p>"}}) {
    web.server.answer("/a", ServedAnswer{number, body, "text/html", {}});
    REQUIRE(kb::Sources{*web.store}.postpone(id, web.clock.now()).ok());
    CHECK(web.refresh_now().failures.size() == 1);
    CHECK(web.source_flags(id).empty());
  }
}

TEST_CASE("a redirect that is not for good, or changes its mind, is never written down") {
  Web web;
  const kb::Id temporary = web.add(web.server.address("/temporary"));
  const kb::Id mixed = web.add(web.server.address("/mixed"));
  const kb::Id restless = web.add(web.server.address("/restless"));
  const kb::Id once = web.add(web.server.address("/once"));
  for (const std::string path : {"/b", "/c", "/d"}) web.server.serve_page(path, page);
  web.server.answer("/temporary", moved("/b", 302));
  web.server.answer("/mixed", moved("/temporary", 301));
  web.server.answer("/once", moved("/b"));
  web.refresh_now();
  for (int day = 0; day < 12; ++day) {
    web.server.answer("/restless", moved(day % 2 == 0 ? "/c" : "/d", 308));
    if (day % 2 == 0) {
      web.server.answer("/once", moved("/b"));
    } else {
      web.server.serve_page("/once", page);
    }
    web.clock.advance(27h);
    web.refresh_now();
  }
  CHECK(web.source(temporary).address == web.server.address("/temporary"));
  CHECK(web.source(mixed).address == web.server.address("/mixed"));
  CHECK(web.source(restless).address == web.server.address("/restless"));
  CHECK(web.source(once).address == web.server.address("/once"));
}

TEST_CASE("a redirect to what is not what the source should be does not count") {
  Web web;
  const kb::Id feed = web.add(web.server.address("/feed"), kb::SourceKind::feed);
  const kb::Id gone = web.add(web.server.address("/to-nothing"));
  web.server.answer("/feed", moved("/login"));
  web.server.serve_page("/login", "<title>Log in</title><form><input type=password></form><p>Log in.</p>");
  web.server.answer("/to-nothing", moved("/nothing"));
  web.refresh_now();
  web.pass(20);
  CHECK(web.source(feed).address == web.server.address("/feed"));
  CHECK(ok(kb::SourceLife{*web.store}.redirects_seen(feed)).empty());
  CHECK(web.source(gone).address == web.server.address("/to-nothing"));
}

TEST_CASE("a source that moves to where another one is gives it its entries") {
  Web web;
  const kb::Id old_one = web.add(web.server.address("/old"));
  const kb::Id there = web.add(web.server.address("/new"));
  const kb::Id entry = web.add_entry("pumps/pumpwerk", old_one);
  web.server.answer("/old", moved("/new"));
  web.server.serve_page("/new", page);
  web.refresh_now();
  web.pass(6);
  CHECK(web.source(old_one).state == kb::SourceState::removed);
  CHECK(ok(kb::Sources{*web.store}.entries_of(there)) == std::vector<kb::Id>{entry});
  CHECK(ok(kb::Sources{*web.store}.find(web.server.address("/old")))->id == there);
  const auto documents = ok(kb::Snapshots{*web.store}.documents_of(old_one));
  REQUIRE(documents.size() == 1);
  CHECK(ok(kb::Snapshots{*web.store}.latest(documents[0].id)));
}

TEST_CASE("an answer that stays good for hours is not asked for within them, and for a day at most") {
  Web web;
  web.configuration.revisit.page_minutes = 60;
  const auto page_for = [&](const std::string& path, const std::string& cache_control) {
    web.server.answer(path, ServedAnswer{200, page, "text/html", {{"Cache-Control", cache_control}}});
    web.add(web.server.address(path));
  };
  page_for("/hours", "max-age=18000");
  page_for("/year", "max-age=31536000");
  page_for("/never", "no-cache");
  web.server.answer("/expires", [&](const ServedRequest&) {
    return ServedAnswer{
        200,
        page,
        "text/html",
        {{"Date", "Mon, 01 Jun 2026 06:00:00 GMT"}, {"Expires", "Mon, 01 Jun 2026 11:00:00 GMT"}}};
  });
  web.add(web.server.address("/expires"));
  web.refresh_now();
  for (int minutes = 0; minutes < 4 * 60 + 50; minutes += 10) {
    web.clock.advance(10min);
    web.refresh_now();
  }
  CHECK(web.server.hits("/hours") == 1);
  CHECK(web.server.hits("/expires") == 1);
  CHECK(web.server.hits("/never") >= 4);
  for (int minutes = 0; minutes < 20; minutes += 10) {
    web.clock.advance(10min);
    web.refresh_now();
  }
  CHECK(web.server.hits("/hours") == 2);
  CHECK(web.server.hits("/expires") == 2);
  CHECK(web.server.hits("/year") == 1);
  for (int hour = 0; hour < 20; ++hour) {
    web.clock.advance(1h);
    web.refresh_now();
  }
  CHECK(web.server.hits("/year") == 2);
}

TEST_CASE("a feed is asked no more often than it says, also while it answers that nothing changed") {
  Web web;
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
  for (const std::string path : {"/ttl", "/sy", "/plain"})
    web.add(web.server.address(path), kb::SourceKind::feed);
  web.refresh_now();
  const auto run_for = [&](std::chrono::minutes time) {
    for (std::chrono::minutes passed{0}; passed < time; passed += 10min) {
      web.clock.advance(10min);
      web.refresh_now();
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
  Web web;  // Monday, six o'clock
  web.configuration.revisit.feed_minutes = 60;
  web.server.serve_page(
      "/feed",
      "<rss version=\"2.0\"><channel><title>F</title><skipHours><hour>7</hour><hour>8</hour><hour>9"
      "</hour></skipHours><skipDays><day>Tuesday</day></skipDays><item><guid>1</guid><title>One"
      "</title></item></channel></rss>",
      "application/rss+xml");
  web.add(web.server.address("/feed"), kb::SourceKind::feed);
  web.refresh_now();
  const auto run_until = [&](const std::string& time) {
    while (web.clock.now() < *parse_rfc3339(time)) {
      web.clock.advance(10min);
      web.refresh_now();
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
  CHECK(no_earlier_than_asked(now + 1h, 0s, {}, now) == now + 1h);
  CHECK(no_earlier_than_asked(now + 1h, 7200s, {}, now) == now + 2h);
  CHECK(no_earlier_than_asked(now + 72h, 7200s, {60, 0, 0}, now) == now + 72h);
  CHECK(no_earlier_than_asked(now + 1h, std::chrono::seconds{1} * 2147483648LL, {}, now) == now + 24h);
  CHECK(no_earlier_than_asked(now + 1h, 0s, never, now) == now + 24h);
  CHECK(no_earlier_than_asked(now + 72h, 0s, never, now) == now + 72h);
  CHECK(no_earlier_than_asked(now + 1h, 0s, {0, 1U << 7, 0}, now) == *parse_rfc3339("2026-06-01T08:00:00Z"));
}

TEST_CASE("a source backs off alone, and its host's other sources are asked as ever") {
  Web web;
  const kb::Id bad = web.add(web.server.address("/bad"));
  web.add(web.server.address("/good"));
  web.server.answer("/bad", status(500));
  web.server.serve_page("/good", page);
  web.refresh_now();
  web.pass(40);
  CHECK(web.source(bad).failures >= 5);
  CHECK(web.server.hits("/bad") <= 12);
  CHECK(web.server.hits("/good") >= 18);
}

TEST_CASE("sources of a host that asked for time are postponed, which is no failure of theirs") {
  Web web;
  LoopbackServer other("127.0.0.2");
  const kb::Id first = web.add(web.server.address("/1"));
  const kb::Id second = web.add(web.server.address("/2"));
  const kb::Id elsewhere = web.add(other.address("/3"));
  web.configuration.revisit.page_minutes = 10;
  web.server.answer("/1", ServedAnswer{429, "", "", {{"Retry-After", "3600"}}});
  web.server.answer("/2", ServedAnswer{429, "", "", {{"Retry-After", "3600"}}});
  other.serve_page("/3", page);
  web.refresh_now();
  const int asked = web.server.hits("/1") + web.server.hits("/2");
  for (int minutes = 0; minutes < 50; minutes += 10) {
    web.clock.advance(10min);
    REQUIRE(kb::Sources{*web.store}.postpone(second, web.clock.now()).ok());
    const auto report = web.refresh_now();
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
  CHECK(web.refresh_now().failures.empty());
  CHECK(web.server.hits("/2") >= 1);
}
