#pragma once

#include <chrono>
#include <optional>

#include "base/clock.h"
#include "llm/http/http_message.h"
#include "llm/model.h"

namespace stubkeeper::llm {

struct RetryPolicy {
  int max_retries = 6;                           // after the first attempt
  std::chrono::milliseconds initial_backoff{500};      // doubled for each retry ...
  std::chrono::milliseconds max_backoff{8'000};  // ... up to this
  std::chrono::milliseconds max_retry_after{120'000};
};

// Whether a failed attempt is made again, whatever the time: only where it cost nothing. An endpoint's word
// (x-should-retry) goes before the rule for its status, which is 408, 409, 429 and 5xx; used-up credit, 402
// among it, is never asked again. A connection that was never made is.
bool should_retry(const ModelFailure& failure, const HttpHeaders& headers);

// How long an endpoint asks to be left alone: retry-after-ms, else Retry-After in seconds or as a date (RFC
// 9110 §10.2.3), as of `now`. Nothing where it does not say, or says nonsense.
std::optional<std::chrono::milliseconds> retry_after(const HttpHeaders& headers, Timestamp now);

// The wait before retry number `retry` (from 0) where the endpoint does not ask for one: doubling, less up to
// a quarter. `jitter` is from [0, 1).
std::chrono::milliseconds backoff(const RetryPolicy& rules, int retry, double jitter);

// The wait before the next attempt, or nothing: no retry. An endpoint that asks for more than
// max_retry_after is not asked again before it wants to be, nor waited for.
std::optional<std::chrono::milliseconds> retry_delay(const RetryPolicy& rules,
                                                           const ModelFailure& failure,
                                                           const HttpHeaders& headers, int retry,
                                                           double jitter, Timestamp now);

}  // namespace stubkeeper::llm
