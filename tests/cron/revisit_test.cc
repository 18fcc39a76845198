#include "cron/revisit.h"

#include "cron/refresh.h"

#include <map>

#include "kb/entries/entry_store.h"
#include "kb/sources/revisit_store.h"
#include "kb/sources/sources.h"
#include "llm/extractive_drafter.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/ok.h"
#include "tests/support/silent_progress.h"

using namespace stubkeeper;
using namespace stubkeeper::cron;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;

namespace {

// Pages that change when the test says so, and count who asked.
class ChangingWeb final : public crawler::Fetcher {
 public:
  std::map<std::string, int> versions;
  std::map<std::string, int> hits;
  bool down = false;

  void fetch(std::vector<crawler::FetchRequest> requests,
             const std::function<void(crawler::FetchResponse)>& on_response,
             const std::function<bool()>& /*keep_going*/) override {
    for (const crawler::FetchRequest& request : requests) {
      ++hits[request.address];
      crawler::FetchResponse response;
      response.tag = request.tag;
      response.final_address = request.address;
      if (down) {
        response.outcome = crawler::FetchOutcome::failed;
        response.error = {ErrorCode::network, "nobody there", "", ""};
      } else {
        response.outcome = crawler::FetchOutcome::ok;
        response.http_status = 200;
        response.content_type = "text/html";
        response.body = "<title>T</title><main><p>This is what the page says in its version number " +
                        std::string(static_cast<std::size_t>(versions[request.address] % 40 + 1), 'x') +
                        " of all that it will ever have.</p></main>";
      }
      on_response(std::move(response));
    }
  }
};

struct Fixture {
  std::unique_ptr<kb::Store> store = ok(kb::Store::in_memory());
  ChangingWeb web;
  FakeClock clock{"2026-11-02T10:00:00Z"};
  config::Configuration configuration;
  llm::ExtractiveDrafter drafter;
  SilentProgress progress;

  std::vector<kb::Source> add_sources(int count) {
    std::vector<kb::Source> sources;
    for (int i = 0; i < count; ++i) {
      const std::string address = "https://example.org/" + std::to_string(i);
      const auto id = ok(kb::Sources{*store}.add("page", address, "", clock.now()));
      sources.push_back(ok(kb::Sources{*store}.get(id)));
    }
    return sources;
  }
  kb::Id add_entry(const std::string& path, const std::string& last_reviewed,
                   kb::EntryState state = kb::EntryState::published) {
    return ok(kb::EntryStore{*store}.add(
                  {path, path + ".md", kb::EntryKind::entry, path, state,
                   "---\ntitle: \"" + path + "\"\nlast_reviewed: " + last_reviewed + "\n---\n"},
                  kb::AuthorKind::person, "jane", clock.now(), ""))
        .id;
  }
  void link(const kb::Source& source, kb::Id entry) {
    REQUIRE(kb::Sources{*store}.link_to_entry(source.id, entry).ok());
  }
  RefreshReport run(const RefreshOptions& options = {}) {
    crawler::DirectReader reader;
    return ok(refresh({*store, web, reader, drafter, clock, configuration, progress, [] { return true; }},
                      options));
  }
  kb::Source now(const kb::Source& source) { return ok(kb::Sources{*store}.get(source.id)); }
  crawler::ChangeModel change_model(const kb::Source& source) {
    return ok(load_change_model(*store, source));
  }
};

}  // namespace

TEST_CASE("without a budget each source is looked at by its kind's interval and learned of all the same") {
  Fixture f;
  const auto sources = f.add_sources(2);
  for (int day = 0; day < 12; ++day) {
    ++f.web.versions["https://example.org/0"];
    f.run();
    f.clock.advance(27h);
  }
  CHECK(f.web.hits["https://example.org/0"] == 12);
  CHECK(f.web.hits["https://example.org/1"] == 12);
  CHECK(f.change_model(sources[0]).changes() == 11);
  CHECK(f.change_model(sources[1]).changes() == 0);
  CHECK(f.change_model(sources[0]).rate().median() > 20 * f.change_model(sources[1]).rate().median());
}

TEST_CASE("no more is fetched in 24 hours than the budget allows and what is left comes later") {
  Fixture f;
  f.configuration.revisit.fetches_per_day = 4;
  f.add_sources(10);
  const auto first = f.run();
  CHECK(first.planned == 4);
  CHECK(first.deferred == 6);
  f.clock.advance(12h);
  CHECK(f.run().planned == 0);
  f.clock.advance(13h);
  CHECK(f.run().planned == 4);
  f.clock.advance(25h);
  f.run();
  for (int i = 0; i < 10; ++i) CHECK(f.web.hits["https://example.org/" + std::to_string(i)] >= 1);
}

TEST_CASE("fetches in vain count towards the budget") {
  Fixture f;
  f.configuration.revisit.fetches_per_day = 4;
  f.add_sources(10);
  f.web.down = true;
  f.run();
  f.web.down = false;
  f.clock.advance(1h);
  CHECK(f.run().planned == 0);
}

TEST_CASE("sources that are named are looked at whatever the budget") {
  Fixture f;
  f.configuration.revisit.fetches_per_day = 1;
  f.add_sources(5);
  RefreshOptions named;
  named.sources = {"https://example.org/*"};
  CHECK(f.run(named).planned == 5);
}

TEST_CASE("a budget goes to pages that change and nothing starves") {
  Fixture f;
  f.configuration.revisit.fetches_per_day = 6;
  f.configuration.revisit.max_days = 20;
  const auto sources = f.add_sources(12);
  constexpr int days = 100;
  std::vector<int> hits_at_midpoint;
  for (int hour = 0; hour < days * 24; hour += 4) {
    // The first four change every three days, the others never.
    if (hour % 72 == 0) {
      for (int i = 0; i < 4; ++i) ++f.web.versions["https://example.org/" + std::to_string(i)];
    }
    if (hour == days * 12) {
      for (const kb::Source& source : sources) hits_at_midpoint.push_back(f.web.hits[source.address]);
    }
    f.run();
    f.clock.advance(4h);
  }
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const int hits = f.web.hits[sources[i].address] - hits_at_midpoint[i];
    INFO(sources[i].address << " " << hits);
    CHECK(hits >= 2);
    CHECK((i < 4 ? hits >= 30 : hits <= 15));
  }
}

TEST_CASE("what depends on a source is its weight") {
  Fixture f;
  const auto sources = f.add_sources(3);
  f.link(sources[0], f.add_entry("current", "2026-10-30"));
  f.link(sources[0], f.add_entry("overdue", "2026-01-01"));
  f.link(sources[1], f.add_entry("planned", "2026-10-30", kb::EntryState::stub));
  f.link(sources[1], f.add_entry("deleted", "2026-01-01", kb::EntryState::removed));
  const SourceWeight both = ok(source_weight(*f.store, sources[0], f.clock.now()));
  CHECK(both.weight == 3);
  CHECK(both.has_overdue_entry);
  CHECK(both.entries.at(0).weight == 1);
  CHECK(both.entries.at(1).weight == 2);
  CHECK(both.entries.at(1).days_overdue > 100);
  const SourceWeight stub = ok(source_weight(*f.store, sources[1], f.clock.now()));
  CHECK(stub.weight == 2);
  CHECK_FALSE(stub.has_overdue_entry);
  CHECK(ok(source_weight(*f.store, sources[2], f.clock.now())).weight == 1);
}

TEST_CASE(
    "with a budget the sources of an entry past its review date are looked at within the recheck window") {
  Fixture f;
  f.configuration.revisit.fetches_per_day = 100;
  const auto sources = f.add_sources(2);
  f.link(sources[0], f.add_entry("overdue", "2026-01-01"));
  // A price that no look is worth.
  REQUIRE(save_price(*f.store, {1e6, 1}, f.clock.now()).ok());
  const auto has_overdue_entry =
      ok(plan_next_visit(*f.store, sources[0], f.clock.now(), f.configuration.revisit));
  CHECK(has_overdue_entry.reason == crawler::VisitReason::max_interval);
  CHECK(has_overdue_entry.at < f.clock.now() + 24h * 7);
  const auto other = ok(plan_next_visit(*f.store, sources[1], f.clock.now(), f.configuration.revisit));
  CHECK(other.at == f.clock.now() + 24h * 30);
}

TEST_CASE("a source that was fetched before habits were kept has learned from its history") {
  Fixture f;
  const auto sources = f.add_sources(1);
  for (int day = 0; day < 6; ++day) {
    if (day % 2 == 0) ++f.web.versions["https://example.org/0"];
    f.run();
    f.clock.advance(27h);
  }
  const crawler::ChangeModel kept = f.change_model(sources[0]);
  REQUIRE(kb::RevisitStore{*f.store}.keep(sources[0].id, "no habit").ok());
  const crawler::ChangeModel again = f.change_model(ok(kb::Sources{*f.store}.get(sources[0].id)));
  CHECK(again.visits() == 6);
  CHECK(again.changes() == 2);
  // A kept habit was rounded at each step.
  CHECK_THAT(again.rate().median(), Catch::Matchers::WithinRel(kept.rate().median(), 0.01));
}

TEST_CASE("a feed is learned from the dates of its items also where these are links") {
  Fixture f;
  const auto id = ok(kb::Sources{*f.store}.add("feed", "https://example.org/feed", "", f.clock.now()));
  const kb::Source feed = ok(kb::Sources{*f.store}.get(id));
  ParsedDocuments found;
  for (int day = 1; day <= 20; ++day) {
    ParsedLink link;
    link.link.published = rfc3339(f.clock.now() - 24h * day);
    found.links.push_back(link);
  }
  REQUIRE(learn_from_response(*f.store, feed, f.clock.now(), 20, found, "").ok());
  CHECK_THAT(f.change_model(feed).item_rate().long_run_rate(), Catch::Matchers::WithinRel(1.0, 0.15));
}
