#pragma once

#include <chrono>
#include <optional>

#include "base/clock.h"
#include "base/http/header_fields.h"
#include "llm/model.h"

namespace stubkeeper::llm {

struct RetryPolicy {
  int max_retries = 6;                             // after the first attempt
  std::chrono::milliseconds initial_backoff{500};  // doubled for each retry ...
  std::chrono::milliseconds max_backoff{8'000};    // ... up to this
  std::chrono::milliseconds max_retry_after{120'000};
};

// Whether a failed attempt may be made again: only where it cost nothing. x-should-retry goes
// before the failure's own `retryable`; used-up credit is never asked again.
bool should_retry(const ModelFailure& failure, const HttpHeaders& headers);

// How long an endpoint asks to be left alone from `now` on: retry-after-ms, else Retry-After in
// seconds, also with a fraction, or as a date. Nothing where it does not say, or says nonsense.
std::optional<std::chrono::milliseconds> retry_after(const HttpHeaders& headers, Timestamp now);

// The wait before retry number `retry` (from 0) where the endpoint does not ask for one: doubling,
// less up to a quarter. `jitter` is from [0, 1).
std::chrono::milliseconds backoff(const RetryPolicy& rules, int retry, double jitter);

// The wait before the next attempt, or nothing: no retry. An endpoint that asks for more than
// max_retry_after is neither asked before it wants to be, nor waited for.
std::optional<std::chrono::milliseconds> retry_delay(const RetryPolicy& rules, const ModelFailure& failure,
                                                     const HttpHeaders& headers, int retry, double jitter,
                                                     Timestamp now);

}  // namespace stubkeeper::llm
