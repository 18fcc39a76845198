#include "crawler/revisit_hints.h"

#include <algorithm>
#include <chrono>

namespace stubkeeper::crawler {
namespace {

namespace chr = std::chrono;

bool is_skipped(const RevisitHints& hints, Timestamp time) {
  const auto day = chr::floor<chr::days>(time);
  const auto hour = chr::floor<chr::hours>(time - day).count();
  const unsigned weekday = chr::weekday{day}.c_encoding();
  return (hints.skipped_hours >> hour & 1U) != 0 || (hints.skipped_days >> weekday & 1U) != 0;
}

}  // namespace

Timestamp earliest_visit(const RevisitHints& hints, Timestamp last) {
  const Timestamp latest = last + chr::days{1};
  const auto wait = chr::minutes{std::clamp<std::int64_t>(hints.min_minutes, 0, 24 * 60)};
  Timestamp time = last + wait;
  while (time < latest && is_skipped(hints, time)) time = chr::floor<chr::hours>(time) + chr::hours{1};
  return std::min(time, latest);
}

}  // namespace stubkeeper::crawler
