#include "llm/http_model.h"

#include "tests/support/catch.h"

using namespace stubkeeper;
using namespace stubkeeper::llm;
using std::chrono::milliseconds;

namespace {

const Timestamp now = *parse_rfc3339("2026-11-24T12:00:00Z");

ModelFailure failure(FailureKind kind, bool retryable = true) {
  ModelFailure made;
  made.kind = kind;
  made.retryable = retryable;
  return made;
}

}  // namespace

TEST_CASE("waits double from half a second to eight less up to a quarter") {
  const RetryPolicy rules;
  const std::vector<int> most{500, 1000, 2000, 4000, 8000, 8000, 8000};
  for (int retry = 0; retry < static_cast<int>(most.size()); ++retry) {
    const int longest = most[static_cast<std::size_t>(retry)];
    CHECK(backoff(rules, retry, 0) == milliseconds{longest});
    CHECK(backoff(rules, retry, 0.5) == milliseconds{longest * 7 / 8});
    CHECK(backoff(rules, retry, 0.999999) >= milliseconds{longest * 3 / 4});
  }
  CHECK(backoff(rules, 1'000'000, 0) == milliseconds{8000});
}

TEST_CASE("what the endpoint asks for is read in milliseconds and seconds and as a date") {
  CHECK(retry_after({{"retry-after-ms", "1500"}}, now) == milliseconds{1500});
  CHECK(retry_after({{"retry-after-ms", "20.5"}}, now) == milliseconds{21});
  CHECK(retry_after({{"retry-after-ms", "1500"}, {"retry-after", "9"}}, now) == milliseconds{1500});
  CHECK(retry_after({{"retry-after", "9"}}, now) == milliseconds{9000});
  CHECK(retry_after({{"retry-after", "0.25"}}, now) == milliseconds{250});
  CHECK(retry_after({{"retry-after", "Tue, 24 Nov 2026 12:00:30 GMT"}}, now) == milliseconds{30'000});
  CHECK(retry_after({{"retry-after", "Tue, 24 Nov 2026 11:00:00 GMT"}}, now) == milliseconds{0});
  CHECK(retry_after({{"retry-after-ms", "soon"}, {"retry-after", "3"}}, now) == milliseconds{3000});
}

TEST_CASE("nonsense in place of a wait is no wait") {
  for (const char* nonsense : {"", "-1", "nan", "inf", "1e9", "3 seconds", "0x10", "+5", "Someday"}) {
    INFO(nonsense);
    CHECK_FALSE(retry_after({{"retry-after", nonsense}}, now).has_value());
    CHECK_FALSE(retry_after({{"retry-after-ms", nonsense}}, now).has_value());
  }
  CHECK(retry_after({{"retry-after", std::string(300, '9')}}, now) > milliseconds{120'000});
}

TEST_CASE("an endpoint that asks for more than two minutes is neither waited for nor asked before its time") {
  const RetryPolicy rules;
  const ModelFailure busy = failure(FailureKind::rate_limited);
  CHECK(retry_delay(rules, busy, {{"retry-after", "120"}}, 0, 0, now) == milliseconds{120'000});
  CHECK_FALSE(retry_delay(rules, busy, {{"retry-after", "121"}}, 0, 0, now).has_value());
}

TEST_CASE("the endpoint's word goes before the rule except for used-up credit") {
  const HttpHeaders yes{{"x-should-retry", "true"}};
  const HttpHeaders no{{"x-should-retry", "false"}};
  CHECK(should_retry(failure(FailureKind::server_error), {}));
  CHECK_FALSE(should_retry(failure(FailureKind::server_error), no));
  CHECK_FALSE(should_retry(failure(FailureKind::invalid_request, false), {}));
  CHECK(should_retry(failure(FailureKind::invalid_request, false), yes));
  CHECK_FALSE(should_retry(failure(FailureKind::no_credit, false), {}));
  CHECK_FALSE(should_retry(failure(FailureKind::no_credit, false), yes));
}

TEST_CASE("what may have been charged is never sent again") {
  ModelFailure lost = failure(FailureKind::connection_lost);
  lost.charge = Charge::at_upper_bound;
  CHECK_FALSE(should_retry(lost, {{"x-should-retry", "true"}}));
  lost.charge = Charge::as_reported;
  CHECK_FALSE(should_retry(lost, {}));
}

TEST_CASE("there is an end to retries") {
  const RetryPolicy rules;
  const ModelFailure busy = failure(FailureKind::rate_limited);
  CHECK(retry_delay(rules, busy, {}, rules.max_retries - 1, 0, now).has_value());
  CHECK_FALSE(retry_delay(rules, busy, {}, rules.max_retries, 0, now).has_value());
}
