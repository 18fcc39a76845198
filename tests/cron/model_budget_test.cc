// The caps on spending through a refresh, on a clock that tests move; the model is played.

#include <map>

#include "cron/refresh.h"
#include "cron/stored_call_ledger.h"
#include "kb/entries/entry_store.h"
#include "kb/review/first_looks.h"
#include "kb/review/proposals.h"
#include "kb/runs/runs.h"
#include "kb/sources/snapshots.h"
#include "kb/sources/sources.h"
#include "llm/extractive_drafter.h"
#include "llm/http/http_transport.h"
#include "llm/http_model.h"
#include "llm/model_drafter.h"
#include "llm/providers/provider.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_model.h"
#include "tests/support/fake_steady_clock.h"
#include "tests/support/ok.h"
#include "tests/support/silent_progress.h"

using namespace stubkeeper;
using namespace stubkeeper::cron;
using namespace stubkeeper::testing;
using namespace std::chrono_literals;

namespace {

// Nothing is fetched here: the passages wait already.
class NoFetcher final : public crawler::Fetcher {
 public:
  void fetch(std::vector<crawler::FetchRequest>, const std::function<void(crawler::FetchResponse)>&,
             const std::function<bool()>&) override {}
};

constexpr std::int64_t micro_usd_per_call = 1'000;

// A knowledge base with entries that each have a passage waiting, and a model whose every call costs $0.001.
struct Fixture {
  explicit Fixture(int entries) {
    const kb::Id run = ok(kb::Runs{*store}.begin("extractive", clock.now()));
    const kb::Id source = ok(kb::Sources{*store}.add("page", "https://example.org/", "", clock.now()));
    for (int i = 0; i < entries; ++i) {
      const std::string path = "pump" + std::to_string(i);
      const kb::Id entry =
          ok(kb::EntryStore{*store}.add({path, path + ".md", kb::EntryKind::entry, "Pumpwerk",
                                         kb::EntryState::stub, "---\ntitle: \"Pumpwerk\"\n---\n"},
                                        kb::AuthorKind::person, "jane", clock.now(), ""))
              .id;
      kb::Snapshots snapshots{*store};
      const auto document = ok(snapshots.document(source, path, "https://example.org/" + path));
      const std::string text =
          "Pumpwerk " + std::to_string(i) + " delivered 40 pumps to Vienna on 5 May 2026.";
      kb::NewSnapshot snapshot;
      snapshot.metadata.fetched_at = clock.now();
      snapshot.metadata.title = "News";
      snapshot.body = text;
      snapshot.text = text;
      kb::Passage passage;
      passage.end_byte = text.size();
      passage.normalized_sha256 = std::string(64, static_cast<char>('a' + i));
      passage.is_new = true;
      snapshot.passages.push_back(passage);
      const kb::Id id = ok(snapshots.add(document.id, snapshot));
      ok(kb::FirstLooks{*store}.mark_searched(ok(kb::EntryStore{*store}.get(entry))));
      ok(kb::Proposals{*store}.route(run, {ok(snapshots.passages(id)).front().id, entry, false}));
    }
    ok(kb::Runs{*store}.end(run, kb::RunState::done, clock.now(), "{}", 0, 0));
  }

  static llm::AnswerOrFailure nothing_new(const llm::ModelRequest&) {
    llm::ModelAnswer answer;
    answer.text = R"({"verdict":"nothing new","changes":[]})";
    answer.usage = llm::TokenUsage{900, 0, 0, 100, 0};
    return answer;
  }

  RefreshReport run(llm::Model& asked, llm::Drafter* fallback = nullptr) {
    const llm::PriceTable prices{{{"*", "*", {1'000'000, 1'000'000, 1'000'000, 1'000'000, std::nullopt}}}};
    StoredCallLedger ledger{*store, clock, spending_caps(configuration.budget)};
    llm::ModelDrafter drafter{asked, prices, ledger, [] { return true; }};
    ModelContext context{fallback, ledger, nullptr, std::nullopt, {}};
    crawler::DirectReader reader;
    return ok(refresh(
        {*store, fetcher, reader, drafter, clock, configuration, progress, [] { return true; }, &context},
        {}));
  }

  std::unique_ptr<kb::Store> store = ok(kb::Store::in_memory());
  FakeClock clock{"2026-11-29T22:00:00Z"};
  NoFetcher fetcher;
  config::Configuration configuration;
  SilentProgress progress;
  FakeModel model{nothing_new};
};

}  // namespace

TEST_CASE("caps of a day and a month count from midnight and from the first of the month in UTC") {
  for (const bool by_month : {false, true}) {
    INFO((by_month ? "month" : "day"));
    Fixture f{6};
    // What one call is bounded at, and half a call more: each run makes one call.
    Fixture probe{1};
    probe.configuration.budget = {std::nullopt, std::nullopt, std::nullopt, std::nullopt};
    probe.run(probe.model);
    const std::int64_t bound =
        llm::upper_bound_of_call(probe.model.requests().front(),
                                 llm::ModelPrice{1'000'000, 1'000'000, 1'000'000, 1'000'000, std::nullopt})
            .cost.value();
    const std::int64_t cap = bound + micro_usd_per_call / 2;
    f.configuration.budget = {std::nullopt, std::nullopt, by_month ? std::nullopt : std::optional{cap},
                              by_month ? std::optional{cap} : std::nullopt};
    CHECK(f.run(f.model).model.calls == 1);
    const auto second = f.run(f.model);
    CHECK(second.model.calls == 0);
    CHECK(second.model.deferred_entries == 5);
    CHECK_THAT(second.model.out_of_budget, ContainsSubstring(by_month ? "usd_per_month" : "usd_per_day"));
    CHECK_FALSE(second.is_partial());
    f.clock.advance(3h);  // the 30th
    CHECK(f.run(f.model).model.calls == (by_month ? 0 : 1));
    f.clock.advance(24h);  // the 1st of December
    CHECK(f.run(f.model).model.calls == 1);
  }
}

TEST_CASE("a cap of a run starts anew with every run") {
  Fixture f{4};
  f.configuration.budget = {std::nullopt, 0, std::nullopt, std::nullopt};
  CHECK(f.run(f.model).model.calls == 0);
  f.configuration.budget = {0, std::nullopt, std::nullopt, std::nullopt};
  CHECK(f.run(f.model).model.calls == 0);
  f.configuration.budget = {};
  CHECK(f.run(f.model).model.calls == 4);
}

TEST_CASE("a task that waits over midnight is the same task and its answer is not paid for again") {
  Fixture f{3};
  f.run(f.model);
  const auto asked = f.model.requests();
  Fixture later{3};
  later.clock.advance(5h);
  // Fetched on the 29th, drafted on the 30th.
  later.run(later.model);
  REQUIRE(later.model.requests().size() == asked.size());
  for (std::size_t i = 0; i < asked.size(); ++i) CHECK(later.model.requests()[i].input == asked[i].input);
}

TEST_CASE("an endpoint that nobody answers at is given up and the fallback drafts") {
  Fixture f{3};
  llm::ExtractiveDrafter extractive;
  llm::CurlTransport transport;
  FakeSteadyClock steady_clock;
  // Nobody listens on port 1.
  llm::HttpModel model{
      ok(llm::make_endpoint(*llm::find_provider("openai"), {"http://127.0.0.1:1/v1", "m", 16'384})),
      std::nullopt, transport, steady_clock, f.clock};
  const auto report = f.run(model, &extractive);
  CHECK(report.is_partial());
  CHECK(report.tokens == 0);
  CHECK(report.model.fallback_drafts == 3);
  CHECK_THAT(report.model.given_up, ContainsSubstring("cannot be connected to"));
  CHECK(report.failures.size() == 1);
  CHECK(f.run(f.model).model.calls == 3);
}

TEST_CASE("a report tells what was spent and what was saved") {
  Fixture f{2};
  FakeModel model{[](const llm::ModelRequest&) {
    llm::ModelAnswer answer;
    answer.text = R"({"verdict":"nothing new","changes":[]})";
    answer.usage = llm::TokenUsage{100, 800, 0, 100, 0};
    return answer;
  }};
  f.configuration.budget.micro_usd_per_day = 5'000'000;
  const auto report = f.run(model);
  const std::string text = report_text(report);
  CHECK_THAT(text, ContainsSubstring("2000 tokens, $0.002000 in 2 calls"));
  CHECK_THAT(text, ContainsSubstring("$4.998000 of today's budget"));
  CHECK_THAT(report_json(report), ContainsSubstring("\"left_today_micro_usd\": 4998000"));
}
