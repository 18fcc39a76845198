#include "llm/http/retry_policy.h"

#include <algorithm>
#include <cmath>

#include "base/text/ascii.h"

namespace stubkeeper::llm {
namespace {

using std::chrono::milliseconds;

// Decimal units as milliseconds, rounded up; nothing for anything but digits with at most one
// point. By hand, since std::from_chars has no floating-point form in every standard library.
std::optional<milliseconds> parse_decimal_delay(const std::string& text, double unit_ms) {
  constexpr double ms_per_day = 86'400'000;  // as good as for ever here, and far from overflow
  double number = 0;
  double place = 1;
  bool after_point = false;
  bool has_digits = false;
  for (const char c : text) {
    if (c == '.' && !after_point) {
      after_point = true;
    } else if (is_ascii_digit(c)) {
      has_digits = true;
      number = number * 10 + (c - '0');
      if (after_point) place *= 10;
    } else {
      return std::nullopt;
    }
  }
  if (!has_digits || !std::isfinite(number) || !std::isfinite(place)) return std::nullopt;
  return milliseconds{static_cast<std::int64_t>(std::ceil(std::min(number / place * unit_ms, ms_per_day)))};
}

}  // namespace

bool should_retry(const ModelFailure& failure, const HttpHeaders& headers) {
  if (failure.charge != Charge::none || failure.kind == FailureKind::no_credit) return false;
  const std::string word = ascii_lower(header_value(headers, "x-should-retry"));
  if (word == "true") return true;
  if (word == "false") return false;
  return failure.retryable;
}

std::optional<milliseconds> retry_after(const HttpHeaders& headers, Timestamp now) {
  if (const auto wait = parse_decimal_delay(header_value(headers, "retry-after-ms"), 1)) return wait;
  const std::string& text = header_value(headers, "retry-after");
  if (const auto wait = parse_decimal_delay(text, 1000)) return wait;
  return parse_retry_after(text, now);
}

milliseconds backoff(const RetryPolicy& rules, int retry, double jitter) {
  milliseconds wait = rules.initial_backoff;
  for (int i = 0; i < retry && wait < rules.max_backoff; ++i) wait *= 2;
  wait = std::min(wait, rules.max_backoff);
  return milliseconds{static_cast<std::int64_t>(static_cast<double>(wait.count()) * (1 - 0.25 * jitter))};
}

std::optional<milliseconds> retry_delay(const RetryPolicy& rules, const ModelFailure& failure,
                                        const HttpHeaders& headers, int retry, double jitter, Timestamp now) {
  if (retry >= rules.max_retries || !should_retry(failure, headers)) return std::nullopt;
  const auto asked = retry_after(headers, now);
  if (!asked) return backoff(rules, retry, jitter);
  if (*asked > rules.max_retry_after) return std::nullopt;
  return asked;
}

}  // namespace stubkeeper::llm
