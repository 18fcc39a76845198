#include "cron/refresh.h"

#include <random>

#include "cron/plan.h"
#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/runs/runs.h"
#include "kb/sources/near_duplicates.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/source_flags.h"
#include "kb/sources/sources.h"
#include "kb/store/database.h"
#include "tests/cron/refresh_fixture.h"

using namespace stubkeeper;
using namespace stubkeeper::cron;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;

namespace {

using Fixture = RefreshFixture;

}  // namespace

TEST_CASE("a new source of a stub is fetched, snapshotted, routed, drafted and proposed") {
  Fixture f;
  f.add_source("https://example.org/a", f.add_entry("pumpwerk", "Pumpwerk"));
  f.fetcher.pages["https://example.org/a"] = page(first);
  const auto report = f.run();
  CHECK(report.planned == 1);
  CHECK(report.changed == 1);
  CHECK(report.snapshots == 1);
  CHECK(report.changes() == 1);
  CHECK(report.tokens == 0);
  CHECK(ok(kb::Runs{*f.store}.latest(1)).at(0).state == kb::RunState::done);
}

TEST_CASE(
    "a page that changed in dates, counters and order alone gets no snapshot, and is noted in one row") {
  Fixture f;
  const kb::Id id = f.add_source("https://example.org/a", f.add_entry("pumpwerk", "Pumpwerk"));
  const auto look = [&](const std::string& text) {
    f.fetcher.pages["https://example.org/a"] = page(text);
    f.clock.advance(24h * 7);
    return f.run({.force = true});
  };
  look(first + news + "<p>Updated 3 November 2026</p><p>12 comments</p>");
  const auto noise = look(news + first + "<p>Updated 9 November 2026</p><p>15 comments</p>");
  CHECK(noise.snapshots == 0);
  CHECK(noise.unchanged == 1);
  CHECK(noise.changed == 0);
  look(first + news + "<p>Updated 12 November 2026</p>");
  CHECK(ok(kb::Snapshots{*f.store}.count()) == 1);
  const kb::Id document = ok(kb::Snapshots{*f.store}.documents_of(id)).at(0).id;
  const auto noted = ok(kb::Snapshots{*f.store}.unremarkable_look(document));
  REQUIRE(noted);
  CHECK(noted->looks == 2);
  CHECK(noted->seen_at == f.clock.now());
  CHECK(noted->text_sha256 != ok(kb::Snapshots{*f.store}.latest(document))->text_sha256);
  // The same noise once more.
  f.fetcher.pages["https://example.org/a"] += "<!-- 1 -->";
  f.clock.advance(24h);
  CHECK(f.run({.force = true}).snapshots == 0);
  CHECK(ok(kb::Snapshots{*f.store}.unremarkable_look(document))->looks == 3);
}

TEST_CASE("a passage that came, went or came back gives a snapshot, and so does a figure") {
  Fixture f;
  f.add_source("https://example.org/a", f.add_entry("pumpwerk", "Pumpwerk"));
  const std::vector<std::string> texts{first, first + news, first, first + news,
                                       "<p>Pumpwerk is a maker of pumps in Basel with 130 employees.</p>"};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    f.fetcher.pages["https://example.org/a"] = page(texts[i] + "<p>" + std::to_string(i) + " comments</p>");
    CHECK(f.run({.force = true}).snapshots == 1);
    CHECK(ok(f.store->database().query_number("SELECT count(*) FROM unremarkable_look", {})) == 0);
    f.clock.advance(24h);
    f.fetcher.pages["https://example.org/a"] = page(texts[i] + "<p>1" + std::to_string(i) + " comments</p>");
    CHECK(f.run({.force = true}).snapshots == 0);
    f.clock.advance(24h);
  }
}

TEST_CASE("a source is looked at again when it is due, with its validators, and not before") {
  Fixture f;
  f.add_source("https://example.org/a", f.add_entry("pumpwerk", "Pumpwerk"));
  f.fetcher.pages["https://example.org/a"] = page(first);
  f.run();
  CHECK(f.run().planned == 0);
  f.clock.advance(20h);
  CHECK(f.run().planned == 0);
  f.clock.advance(4h);
  const auto report = f.run();
  CHECK(report.not_modified == 1);
  CHECK(report.snapshots == 0);
  CHECK(report.changes() == 0);
  CHECK(f.fetcher.asked.back().etag == page(first));
}

TEST_CASE("of a changed page only the new passage is drafted") {
  Fixture f;
  const kb::Id entry = f.add_entry("pumpwerk", "Pumpwerk", kb::EntryState::published);
  f.add_source("https://example.org/a", entry);
  f.fetcher.pages["https://example.org/a"] = page(first);
  f.run();
  f.clock.advance(48h);
  f.fetcher.pages["https://example.org/a"] = page(first + news);
  const auto report = f.run();
  CHECK(report.new_passages == 1);
  REQUIRE(report.changes() == 1);
  const auto changes = ok(kb::Proposals{*f.store}.list({}));
  CHECK(changes.back().citations.at(0).quote ==
        "Pumpwerk opened a works in Graz with 40 people on 3 November 2026.");
}

TEST_CASE("a page whose markup, dates or counters change brings no snapshot or no news") {
  Fixture f;
  f.add_source("https://example.org/a", f.add_entry("pumpwerk", "Pumpwerk"));
  f.fetcher.pages["https://example.org/a"] = page(first + "<p>1,204 comments</p>");
  f.run();
  f.clock.advance(48h);
  f.fetcher.pages["https://example.org/a"] =
      "<!-- new -->" + page("<div>" + first + "</div><p>1,204 comments</p>");
  const auto same_text = f.run();
  CHECK(same_text.unchanged == 1);
  CHECK(same_text.snapshots == 0);
  f.clock.advance(48h);
  f.fetcher.pages["https://example.org/a"] = page(first + "<p>1,305 comments</p>");
  const auto counter = f.run();
  CHECK(counter.new_passages == 0);
  CHECK(counter.changes() == 0);
}

TEST_CASE("a passage concerns the entries that cite its source and those that it names") {
  Fixture f;
  const kb::Id other = f.add_entry("other", "Rotorwerk");
  f.add_source("https://example.org/news");
  f.fetcher.pages["https://example.org/news"] =
      page("<p>Rotorwerk opened a works in Graz with 40 people on 3 November 2026.</p>" + first);
  const auto report = f.run();
  REQUIRE(report.proposals.size() == 1);
  CHECK(report.proposals[0].entry_path == "other");
  CHECK(ok(kb::Proposals{*f.store}.list({})).at(0).entry_id == other);
}

TEST_CASE(
    "who publishes a source counts: a round that the company itself tells is not flagged and elsewhere it "
    "is") {
  const std::string raised = "<p>Pumpwerk raised $18 million in a Series A round on 3 May 2026.</p>";
  const auto flags_from = [&](const std::string& address) {
    Fixture f;
    f.add_source(address, f.add_entry("pumpwerk", "Pumpwerk"));
    f.fetcher.pages[address] = page(first + raised);
    REQUIRE(f.run().changes() == 2);
    kb::Proposals::Filter funding;
    funding.flag = "funding-without-official-source";
    return ok(kb::Proposals{*f.store}.list(funding)).size();
  };
  CHECK(flags_from("https://www.pumpwerk.com/news") == 0);
  CHECK(flags_from("https://www.globenewswire.com/news-release/1") == 0);
  CHECK(flags_from("https://techcrunch.com/pumpwerk") == 1);
}

TEST_CASE("a figure of a changed page that the entry contradicts is flagged with both") {
  Fixture f;
  const kb::Id entry =
      f.add_entry("pumpwerk", "Pumpwerk", kb::EntryState::published,
                  "---\ntitle: \"Pumpwerk\"\nlast_reviewed: 2026-11-01\n---\n\n## Key Facts\n\n- "
                  "Pumpwerk is a maker of pumps in Basel with 120 employees.\n");
  f.add_source("https://example.org/a", entry);
  f.fetcher.pages["https://example.org/a"] = page(first);
  f.run();
  f.clock.advance(48h);
  f.fetcher.pages["https://example.org/a"] =
      page("<p>Pumpwerk is a maker of pumps in Basel with 150 employees.</p>");
  f.run();
  const auto changes = ok(kb::Proposals{*f.store}.list({}));
  REQUIRE(changes.size() == 1);
  REQUIRE(changes[0].flags.size() == 1);
  CHECK(changes[0].flags[0].name == "contradicts");
  CHECK(changes[0].flags[0].detail.find("150 employees") != std::string::npos);
  CHECK(changes[0].flags[0].detail.find("120 employees") != std::string::npos);
}

TEST_CASE("a source that fails is named, waits longer each time, and stops nothing else") {
  Fixture f;
  const kb::Id bad = f.add_source("https://example.org/gone");
  f.add_source("https://example.org/a", f.add_entry("pumpwerk", "Pumpwerk"));
  f.fetcher.pages["https://example.org/a"] = page(first);
  const auto report = f.run();
  CHECK(report.is_partial());
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].what == "https://example.org/gone");
  CHECK(report.changes() == 1);
  const auto after_one = ok(kb::Sources{*f.store}.get(bad)).due_at;
  f.clock.advance(48h);
  f.run();
  const auto source = ok(kb::Sources{*f.store}.get(bad));
  CHECK(source.failures == 2);
  CHECK(source.due_at - f.clock.now() > after_one - (f.clock.now() - 48h));
}

TEST_CASE("a daily run that comes up to 90 seconds early or late looks at a daily page daily") {
  Fixture f;
  for (int i = 0; i < 20; ++i) {
    const std::string address = "https://example.org/" + std::to_string(i);
    f.add_source(address);
    f.fetcher.pages[address] = page(first);
  }
  std::mt19937 random{19};
  const Timestamp start = f.clock.now();
  for (int day = 0; day < 30; ++day) {
    f.clock.set(start + 24h * day + std::chrono::seconds{static_cast<int>(random() % 181) - 90});
    CHECK(f.run().planned == 20);
  }
}

TEST_CASE(
    "a page that a person looked at between two daily runs is not looked at again for half its interval") {
  Fixture f;
  f.add_source("https://example.org/a");
  f.fetcher.pages["https://example.org/a"] = page(first);
  for (int day = 0; day < 5; ++day) {
    f.run();
    f.clock.advance(24h);
  }
  f.clock.advance(-8h);
  CHECK(f.run({{}, {}, false, true}).planned == 1);
  f.clock.advance(8h);
  CHECK(f.run().planned == 0);
  f.clock.advance(24h);
  CHECK(f.run().planned == 1);
}

TEST_CASE("hourly runs look at a daily page once a day") {
  Fixture f;
  f.add_source("https://example.org/a");
  f.fetcher.pages["https://example.org/a"] = page(first);
  int looks = 0;
  for (int hour = 0; hour < 24 * 10; ++hour) {
    looks += f.run().planned;
    f.clock.advance(1h);
  }
  CHECK(looks >= 10);
  CHECK(looks <= 12);
}

TEST_CASE("what a clock that was a year ahead put off is due as before, and is told once") {
  const bool has_budget = GENERATE(false, true);
  Fixture f;
  f.configuration.revisit.fetches_per_day = has_budget ? 1 : 0;
  for (const std::string address : {"https://example.org/a", "https://example.org/b"}) {
    f.add_source(address);
    f.fetcher.pages[address] = page(first);
  }
  const Timestamp start = f.clock.now();
  f.clock.set(start + 24h * 365);
  f.run({{}, {}, false, true});
  f.clock.set(start);
  const auto report = f.run();
  CHECK(report.planned == (has_budget ? 1 : 2));
  REQUIRE(report.future_times);
  CHECK(report.future_times->sources == 2);
  CHECK(report_text(report).find("clock ") != std::string::npos);
  f.clock.advance(24h);
  const auto next = f.run();
  CHECK(next.planned == (has_budget ? 1 : 2));
  CHECK_FALSE(next.future_times);
}

TEST_CASE("a run that is asked to stop ends in order and the next one goes on") {
  Fixture f;
  f.add_source("https://example.org/a", f.add_entry("pumpwerk", "Pumpwerk"));
  f.fetcher.pages["https://example.org/a"] = page(first);
  f.keep_going = false;
  const auto stopped = f.run();
  CHECK(stopped.interrupted);
  CHECK(stopped.changes() == 0);
  CHECK(ok(kb::Sources{*f.store}.list()).at(0).failures == 0);
  f.keep_going = true;
  CHECK(f.run().changes() == 1);
}

TEST_CASE("a stale entry whose sources all answered and said nothing new is proposed as rechecked") {
  Fixture f;
  const std::string stale =
      "---\ntitle: \"Pumpwerk\"\nlast_reviewed: 2026-01-01\nstale_after_days: 90\n---\n\nPumpwerk is a maker "
      "of pumps in Basel with 120 employees.\n";
  f.add_source("https://example.org/a",
               f.add_entry("pumpwerk", "Pumpwerk", kb::EntryState::published, stale));
  f.fetcher.pages["https://example.org/a"] = page(first);
  const auto report = f.run();
  CHECK(report.rechecked == 1);
  const auto changes = ok(kb::Proposals{*f.store}.list({}));
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].kind == "rechecked");
  CHECK(changes[0].citations.empty());
  CHECK(f.run({{}, {}, false, true}).rechecked == 0);
}

TEST_CASE("a cadence that is no number of days counts as none, for a recheck as for the check of staleness") {
  const std::string cadence = GENERATE(as<std::string>{}, "30 days", "-5", "abc", "45");
  INFO(cadence);
  Fixture f;
  const std::string page_of_entry =
      "---\ntitle: \"Pumpwerk\"\nlast_reviewed: 2026-09-20\nstale_after_days: " + cadence +
      "\n---\n\nPumpwerk is a maker of pumps in Basel with 120 employees.\n";
  f.add_source("https://example.org/a",
               f.add_entry("pumpwerk", "Pumpwerk", kb::EntryState::published, page_of_entry));
  f.fetcher.pages["https://example.org/a"] = page(first);
  CHECK(f.run().rechecked == (cadence == "45" ? 1 : 0));
}

TEST_CASE("a source that is gone does not keep an entry stale while another one answers") {
  Fixture f;
  const std::string stale =
      "---\ntitle: \"Pumpwerk\"\nlast_reviewed: 2026-01-01\nstale_after_days: 90\n---\n";
  const kb::Id entry = f.add_entry("pumpwerk", "Pumpwerk", kb::EntryState::published, stale);
  const kb::Id gone = f.add_source("https://example.org/gone", entry);
  REQUIRE(kb::Sources{*f.store}.set_state(gone, kb::SourceState::gone).ok());
  CHECK(f.run().rechecked == 0);
  f.add_source("https://example.org/a", entry);
  f.fetcher.pages["https://example.org/a"] = page("<p>Nothing of it here, in a sentence of some length.</p>");
  CHECK(f.run().rechecked == 1);
  const auto change = ok(kb::Proposals{*f.store}.list({})).back();
  CHECK(change.reason.find("1 of 2 sources answered and say nothing new: https://example.org/a") !=
        std::string::npos);
}

TEST_CASE("a page whose front matter cannot be edited is named, and the others are rechecked") {
  Fixture f;
  const std::string fields = "title: \"X\"\nstale_after_days: 90\n";
  const std::string body = "---\n\nX is a maker of pumps in Basel with 120 employees.\n";
  const std::string unusual = "---\n" + fields + "? last_reviewed\n: 2026-01-01\n" + body;
  const std::string usual = "---\n" + fields + "last_reviewed: 2026-01-01\n" + body;
  f.fetcher.pages["https://example.org/a"] = page(first);
  for (const std::string path : {"aaa", "mmm", "zzz"}) {
    const auto entry = f.add_entry(path, path, kb::EntryState::published, path == "mmm" ? unusual : usual);
    f.add_source("https://example.org/a?" + path, entry);
    f.fetcher.pages["https://example.org/a?" + path] = page(first);
  }
  const auto report = f.run();
  CHECK(report.rechecked == 2);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].what == "mmm");
  CHECK(report.failures[0].reason.find("last_reviewed") != std::string::npos);
  CHECK(report.is_partial());
}

TEST_CASE("an entry one of whose sources fails is not rechecked") {
  Fixture f;
  const std::string stale =
      "---\ntitle: \"Pumpwerk\"\nlast_reviewed: 2026-01-01\nstale_after_days: 90\n---\n";
  const kb::Id entry = f.add_entry("pumpwerk", "Pumpwerk", kb::EntryState::published, stale);
  f.add_source("https://example.org/gone", entry);
  CHECK(f.run().rechecked == 0);
}

TEST_CASE("a dry run says what it would fetch and touches nothing") {
  Fixture f;
  f.add_source("https://example.org/a");
  RefreshOptions options;
  options.dry_run = true;
  CHECK(f.run(options).plan == std::vector<std::string>{"https://example.org/a"});
  CHECK(f.fetcher.asked.empty());
  CHECK(ok(kb::Runs{*f.store}.latest(1)).empty());
}

TEST_CASE("sources are chosen by id, address, beginning, entry and section") {
  Fixture f;
  const kb::Id id = f.add_source("https://a.org/1", f.add_entry("heat/a", "Aaaa"));
  f.add_source("https://a.org/2", f.add_entry("heat/b", "Bbbb"));
  f.add_source("https://b.org/1");
  const auto planned = [&](std::vector<std::string> entries, std::vector<std::string> sources) {
    RefreshOptions options;
    options.entries = std::move(entries);
    options.sources = std::move(sources);
    return ok(plan_sources(*f.store, f.clock.now(), options)).size();
  };
  CHECK(planned({}, {}) == 3);
  CHECK(planned({}, {std::to_string(id)}) == 1);
  CHECK(planned({}, {"https://b.org/1"}) == 1);
  CHECK(planned({}, {"https://a.org/*"}) == 2);
  CHECK(planned({"heat/a"}, {}) == 1);
  CHECK(planned({"heat"}, {}) == 2);
  RefreshOptions unknown;
  unknown.sources = {"77"};
  CHECK_FALSE(plan_sources(*f.store, f.clock.now(), unknown).ok());
}

TEST_CASE("a server's Retry-After is respected, up to a day") {
  kb::Source source;
  const Timestamp now = *parse_rfc3339("2026-11-23T10:00:00Z");
  config::Configuration::Revisit revisit;
  CHECK(next_retry(source, 1, 7200, now, revisit) >= now + 2h);
  CHECK(next_retry(source, 1, 1'000'000'000, now, revisit) <= now + 48h);
  CHECK(next_retry(source, 50, -1, now, revisit) <= now + 24h * 7);
}

TEST_CASE("a feed's new item is news, and its old ones are not fetched") {
  Fixture f;
  f.add_entry("pumpwerk", "Pumpwerk", kb::EntryState::published);
  ok(kb::Sources{*f.store}.add("feed", "https://example.org/feed", "", f.clock.now()));
  const auto item = [](const std::string& id, const std::string& text) {
    return "<item><guid>" + id + "</guid><title>" + id + "</title><link>https://example.org/" + id +
           "</link><pubDate>Thu, 05 Nov 2026 09:30:00 GMT</pubDate><description>" + text +
           "</description></item>";
  };
  const auto feed = [](const std::string& items) {
    return "<rss version=\"2.0\"><channel><title>F</title>" + items + "</channel></rss>";
  };
  const std::string old_item = item("1", "Pumpwerk is a maker of pumps in Basel with 120 employees.");
  f.fetcher.pages["https://example.org/feed"] = feed(old_item);
  f.run();
  f.clock.advance(48h);
  f.fetcher.pages["https://example.org/feed"] =
      feed(item("2", "Pumpwerk opened a works in Graz with 40 people on 3 November 2026.") + old_item);
  const auto report = f.run();
  CHECK(report.snapshots == 1);
  CHECK(report.changes() == 1);
  for (const auto& request : f.fetcher.asked) CHECK(request.address == "https://example.org/feed");
}

TEST_CASE(
    "what is sent in place of a page is a failure with a flag and never a snapshot until the page is back") {
  Fixture f;
  const kb::Id source = f.add_source("https://example.org/a", f.add_entry("pumpwerk", "Pumpwerk"));
  const auto flags = [&] { return ok(kb::SourceFlags{*f.store}.list_open(source)); };
  f.fetcher.pages["https://example.org/a"] = page(first);
  f.run();
  f.clock.advance(27h);
  f.fetcher.pages["https://example.org/a"] =
      "<title>Just a moment...</title><p>Checking your browser before accessing example.org.</p>";
  const auto report = f.run();
  CHECK(report.snapshots == 0);
  CHECK(report.changed == 0);
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].reason.find("[bot-challenge]") != std::string::npos);
  CHECK(ok(kb::Snapshots{*f.store}.count()) == 1);
  REQUIRE(flags().size() == 1);
  CHECK(flags()[0].name == "bot-challenge");
  auto now = ok(kb::Sources{*f.store}.get(source));
  CHECK(now.failures == 1);
  CHECK(now.last_error.find("check for robots") != std::string::npos);
  CHECK(now.etag == page(first));

  f.clock.advance(24h * 8);
  f.fetcher.pages["https://example.org/a"] =
      "<title>404 Not Found</title><h1>404 Not Found</h1><p>Sorry.</p>";
  f.run();
  REQUIRE(flags().size() == 1);
  CHECK(flags()[0].name == "error-page");
  CHECK(ok(kb::Sources{*f.store}.get(source)).failures == 2);

  f.clock.advance(24h * 8);
  f.fetcher.pages["https://example.org/a"] = page(first + news);
  CHECK(f.run().snapshots == 1);
  CHECK(flags().empty());
  CHECK(ok(kb::Sources{*f.store}.get(source)).failures == 0);
}

TEST_CASE("a page that was a wall and answers 304 to the good validators reads well again") {
  Fixture f;
  const kb::Id source = f.add_source("https://example.org/a", f.add_entry("pumpwerk", "Pumpwerk"));
  f.fetcher.pages["https://example.org/a"] = page(first);
  f.run();
  f.clock.advance(27h);
  f.fetcher.pages["https://example.org/a"] =
      "<title>Log in</title><form><input type=password></form><p>Welcome.</p>";
  f.run();
  CHECK(ok(kb::SourceFlags{*f.store}.list_open(source)).size() == 1);
  f.clock.advance(24h * 8);
  f.fetcher.pages["https://example.org/a"] = page(first);
  CHECK(f.run().not_modified == 1);
  CHECK(ok(kb::SourceFlags{*f.store}.list_open(source)).empty());
}

TEST_CASE("a challenge where a feed should be is told as one") {
  Fixture f;
  const kb::Id source = ok(kb::Sources{*f.store}.add("feed", "https://example.org/feed", "", f.clock.now()));
  f.fetcher.pages["https://example.org/feed"] =
      "<!doctype html><title>Robot Check</title><p>Please verify you are human to go on.</p>";
  f.run();
  const auto flags = ok(kb::SourceFlags{*f.store}.list_open(source));
  REQUIRE(flags.size() == 1);
  CHECK(flags[0].name == "bot-challenge");
}

namespace {

// Sentences of a release, enough to be compared.
const std::string release_text =
    "<p>Pumpwerk opened a works in Graz with 40 people on 3 November 2026, its second one after Basel.</p>"
    "<p>Pumpwerk will make four hundred pumps a day there and sell them to data centres that cool with "
    "water.</p>"
    "<p>Pumpwerk paid 12 million euros for the building, of which the town of Graz carries a tenth.</p>";

// What waits for an entry's draft, and what was drafted, by passage.
std::int64_t routings(kb::Store& store) {
  std::int64_t count = 0;
  REQUIRE(store.database()
              .run("SELECT count(*) FROM routing", {},
                   [&](const kb::Row& row) -> Status {
                     count = row.integer(0);
                     return {};
                   })
              .ok());
  return count;
}

}  // namespace

TEST_CASE("what stands on three other pages of a host is no news on the fourth and is not drafted") {
  Fixture f;
  const kb::Id entry = f.add_entry("pumpwerk", "Pumpwerk");
  const std::string promo = "<p>Pumpwerk is looking for twelve fitters in Graz, and pays them well.</p>";
  const std::vector<std::string> own{"<p>Pumpwerk sold 300 pumps in May.</p>",
                                     "<p>Pumpwerk sold 400 pumps in June.</p>",
                                     "<p>Pumpwerk sold 500 pumps in July.</p>"};
  for (std::size_t i = 0; i < own.size(); ++i) {
    const std::string address = "https://example.org/" + std::to_string(i);
    f.add_source(address, entry);
    f.fetcher.pages[address] = page(own[i] + promo);
  }
  CHECK(f.run().new_passages == 6);
  const kb::Id fourth = f.add_entry("pumpwerk-graz", "Pumpwerk Graz");
  f.add_source("https://example.org/graz", fourth);
  f.fetcher.pages["https://example.org/graz"] = page(promo + "<p>Pumpwerk sold 700 pumps in August.</p>");
  const auto report = f.run();
  CHECK(report.new_passages == 1);
  // On another host nothing of it is known.
  f.add_source("https://other.example/graz", fourth);
  f.fetcher.pages["https://other.example/graz"] =
      page(promo + "<p>Pumpwerk sold 900 pumps in September.</p>");
  CHECK(f.run().new_passages == 2);
}

TEST_CASE("what turns out within a run to repeat on a host is not drafted") {
  Fixture f;
  const kb::Id entry = f.add_entry("pumpwerk", "Pumpwerk");
  const std::string promo = "<p>Pumpwerk is looking for twelve fitters in Graz, and pays them well.</p>";
  for (const std::string name : {"a", "b", "c", "d"}) {
    const std::string address = "https://example.org/" + name;
    f.add_source(address, entry);
    f.fetcher.pages[address] =
        page("<p>Pumpwerk makes the pump " + name + "7 in Basel with 120 people.</p>" + promo);
  }
  f.run();
  kb::Proposals::Filter all;
  all.state = std::nullopt;
  const auto changes = ok(kb::Proposals{*f.store}.list(all));
  CHECK_FALSE(changes.empty());
  for (const kb::Change& change : changes) CHECK(change.new_text.find("fitters") == std::string::npos);
  CHECK(ok(kb::Proposals{*f.store}.entries_waiting_for_draft()).empty());
}

TEST_CASE("a copy of a release brings an entry only what it alone says and counts as the same source") {
  Fixture f;
  const kb::Id entry = f.add_entry("pumpwerk", "Pumpwerk");
  f.add_source("https://wire.example/1", entry);
  f.fetcher.pages["https://wire.example/1"] = page(first + release_text);
  const auto first_report = f.run();
  CHECK(first_report.routed == 4);
  CHECK(first_report.changes() > 0);
  f.add_source("https://copy.example/2", entry);
  f.fetcher.pages["https://copy.example/2"] =
      page(release_text + "<p>Pumpwerk opened a third works in Linz with 25 people on 5 November 2026.</p>");
  const auto report = f.run();
  CHECK(report.new_passages == 4);
  CHECK(report.routed == 1);
  CHECK(routings(*f.store) == 5);
  kb::NearDuplicates stories{*f.store};
  CHECK(ok(stories.find_near_duplicates(2)) == std::vector<kb::Id>{1});
  // What it alone says is drafted, with the flag.
  REQUIRE(report.changes() > 0);
  CHECK(report.flagged() == report.changes());
  kb::Proposals::Filter flagged;
  flagged.flag = "same-story";
  const auto changes = ok(kb::Proposals{*f.store}.list(flagged));
  REQUIRE(static_cast<int>(changes.size()) == report.changes());
  for (const kb::Change& change : changes) CHECK(change.citations.at(0).snapshot_id == 2);

  // Another entry that cites only a copy gets all of it.
  f.add_source("https://third.example/3", f.add_entry("graz", "Works in Graz"));
  f.fetcher.pages["https://third.example/3"] = page(release_text);
  CHECK(f.run().routed >= 3);
}

TEST_CASE("lists of related pages that change are no news") {
  Fixture f;
  f.add_source("https://example.org/a", f.add_entry("pumpwerk", "Pumpwerk"));
  f.fetcher.pages["https://example.org/a"] =
      page(release_text + "<h2>Related articles</h2><ul><li>Pumpwerk in 2020<li>Pumps for ships</ul>");
  CHECK(f.run().new_passages == 3);
  f.clock.advance(27h);
  f.fetcher.pages["https://example.org/a"] =
      page(release_text + "<h2>Related articles</h2><ul><li>A dairy in Styria<li>Pumpwerk in 2021</ul>");
  CHECK(f.run().new_passages == 0);
}

TEST_CASE("snapshots from before there were signatures are compared too") {
  Fixture f;
  const kb::Id entry = f.add_entry("pumpwerk", "Pumpwerk");
  f.add_source("https://wire.example/1", entry);
  f.fetcher.pages["https://wire.example/1"] = page(release_text);
  f.run();
  REQUIRE(f.store->database().script("DELETE FROM story_band; DELETE FROM story_signature").ok());
  f.add_source("https://copy.example/2", entry);
  f.fetcher.pages["https://copy.example/2"] = page(release_text + "<p>Pumpwerk has a wire.</p>");
  f.run();
  CHECK(ok(kb::NearDuplicates{*f.store}.find_near_duplicates(2)) == std::vector<kb::Id>{1});
}
