// Tokens and money are reserved before a call and settled after it: docs/architecture.md, invariant 8.

#include "kb/runs/spending.h"

#include "kb/runs/runs.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

using namespace stubkeeper;
using namespace stubkeeper::kb;
using namespace stubkeeper::testing;

namespace {

struct Books {
  std::unique_ptr<Store> store = std::move(Store::in_memory()).value();
  FakeClock clock{"2026-11-30T23:00:00Z"};
  Spending spending{*store};
  Id run = *Runs{*store}.begin("model", clock.now());

  NewModelCall call(std::int64_t tokens, std::optional<std::int64_t> micro_usd) const {
    NewModelCall fresh;
    fresh.run_id = run;
    fresh.protocol = "messages";
    fresh.base_url = "https://model.example";
    fresh.model = "small";
    fresh.prompt_version = "draft-1";
    fresh.request_sha256 = std::string(64, 'a');
    fresh.reserved_tokens = tokens;
    fresh.reserved_micro_usd = micro_usd;
    return fresh;
  }
  Result<Id> reserve(std::int64_t tokens, std::optional<std::int64_t> micro_usd,
                     const SpendingCaps& caps = {}) {
    return spending.reserve(call(tokens, micro_usd), caps, clock.now());
  }
  static CallSettlement used(std::int64_t tokens, std::optional<std::int64_t> micro_usd) {
    CallSettlement settlement;
    settlement.tokens = tokens;
    settlement.micro_usd = micro_usd;
    return settlement;
  }
};

ModelAnswerRecord answer(const std::string& text) {
  return {AnswerVerdict::answered, text};
}

}  // namespace

TEST_CASE("a call counts at its upper bound until it is settled, and then as reported") {
  Books books;
  const Id call = *books.reserve(1'000, 500);
  CHECK(books.spending.of_run(books.run)->tokens == 1'000);
  CHECK(books.spending.of_run(books.run)->micro_usd == 500);
  REQUIRE(books.spending.settle(call, Books::used(120, 60), answer("{}"), books.clock.now()).ok());
  CHECK(books.spending.of_run(books.run)->tokens == 120);
  CHECK(books.spending.of_run(books.run)->micro_usd == 60);
  CHECK(books.spending.of_run(books.run)->calls == 1);

  // Once and for all.
  CHECK(books.spending.settle(call, Books::used(1, 1), answer("{}"), books.clock.now()).error().code ==
        ErrorCode::conflict);
  CHECK(books.spending.settle(call + 1, Books::used(1, 1), answer("{}"), books.clock.now()).error().code ==
        ErrorCode::not_found);
  CHECK(books.spending.of_run(books.run)->tokens == 120);
}

TEST_CASE(
    "a call that would pass a cap is refused before it is sent, also where only reservations reach it") {
  Books books;
  SpendingCaps caps;
  SECTION("tokens of a run") {
    caps.tokens_per_run = 1'000;
    REQUIRE(books.reserve(600, {}, caps).ok());
    const auto refused = books.reserve(401, {}, caps);
    CHECK(refused.error().code == ErrorCode::limit);
    CHECK(refused.error().message.find("400 of 1000 are left") != std::string::npos);
    CHECK(books.reserve(400, {}, caps).ok());
  }
  SECTION("dollars of a run") {
    caps.micro_usd_per_run = 1'000;
    REQUIRE(books.reserve(1, 600, caps).ok());
    CHECK(books.reserve(1, 401, caps).error().code == ErrorCode::limit);
    CHECK(books.reserve(1, 400, caps).ok());
  }
  SECTION("dollars of a day and of a month, over runs and their ends") {
    caps.micro_usd_per_day = 1'000;
    caps.micro_usd_per_month = 1'500;
    REQUIRE(books.reserve(1, 1'000, caps).ok());
    CHECK(books.reserve(1, 1, caps).error().message.find("usd_per_day") != std::string::npos);
    books.clock.set("2026-11-30T23:59:59Z");
    books.run = *Runs{*books.store}.begin("model", books.clock.now());
    CHECK_FALSE(books.reserve(1, 1, caps).ok());
    // A new day, and with it a new month.
    books.clock.set("2026-12-01T00:00:00Z");
    CHECK(books.reserve(1, 1'000, caps).ok());
    books.clock.set("2026-12-02T00:00:00Z");
    CHECK(books.reserve(1, 501, caps).error().message.find("usd_per_month") != std::string::npos);
    CHECK(books.reserve(1, 500, caps).ok());
  }
  CHECK(books.spending.since(books.clock.now() - std::chrono::hours{24 * 40})->calls > 0);
}

TEST_CASE("a call without a known price is refused under a cap in dollars and counted without one") {
  Books books;
  SpendingCaps caps;
  caps.micro_usd_per_month = 1'000'000;
  const auto refused = books.reserve(10, {}, caps);
  CHECK(refused.error().code == ErrorCode::refused);
  CHECK(refused.error().message.find("small") != std::string::npos);
  CHECK(books.spending.of_run(books.run)->calls == 0);
  REQUIRE(books.reserve(10, {}).ok());
  CHECK(books.spending.of_run(books.run)->calls_without_price == 1);
}

TEST_CASE("calls that a dead run left open are settled at their bound by the next run") {
  Books books;
  REQUIRE(books.reserve(1'000, 500).ok());
  const Id dead = books.run;
  books.run = *Runs{*books.store}.begin("model", books.clock.now());
  REQUIRE(books.reserve(7, 3).ok());
  CHECK(*books.spending.settle_lost(books.run, books.clock.now()) == 1);
  CHECK(books.spending.of_run(dead)->tokens == 1'000);
  CHECK(books.spending.of_run(dead)->micro_usd == 500);
  CHECK(*books.spending.settle_lost(books.run, books.clock.now()) == 0);
}

TEST_CASE("an answer is kept for its request with its settlement, and a failure keeps none") {
  Books books;
  CHECK_FALSE(books.spending.cached_answer(std::string(64, 'a'))->has_value());
  const Id failed = *books.reserve(10, 5);
  CallSettlement failure = Books::used(10, 5);
  failure.outcome = CallOutcome::failed;
  failure.detail = "timed out";
  REQUIRE(books.spending.settle(failed, failure, {}, books.clock.now()).ok());
  CHECK_FALSE(books.spending.cached_answer(std::string(64, 'a'))->has_value());

  const Id answered = *books.reserve(10, 5);
  REQUIRE(books.spending.settle(answered, Books::used(10, 5), answer("{\"changes\":[]}"), books.clock.now())
              .ok());
  const auto kept = *books.spending.cached_answer(std::string(64, 'a'));
  REQUIRE(kept);
  CHECK(kept->answer.text == "{\"changes\":[]}");
  CHECK(kept->tokens == 10);
  CHECK(kept->micro_usd == 5);
  CHECK_FALSE(books.spending.cached_answer(std::string(64, 'b'))->has_value());
}
