#include "crawler/revisit_hints.h"

#include <algorithm>

namespace stubkeeper::crawler {
namespace {

namespace chr = std::chrono;

bool is_skipped(const RevisitHints& hints, Timestamp moment) {
  const auto day = chr::floor<chr::days>(moment);
  const auto hour = chr::floor<chr::hours>(moment - day).count();
  const unsigned weekday = chr::weekday{day}.c_encoding();
  return (hints.skipped_hours >> hour & 1U) != 0 || (hints.skipped_days >> weekday & 1U) != 0;
}

}  // namespace

Timestamp earliest_visit(const RevisitHints& hints, Timestamp last) {
  const Timestamp latest = last + chr::days{1};
  const auto wait = chr::minutes{std::clamp<std::int64_t>(hints.least_minutes, 0, 24 * 60)};
  Timestamp moment = last + wait;
  while (moment < latest && is_skipped(hints, moment))
    moment = chr::floor<chr::hours>(moment) + chr::hours{1};
  return std::min(moment, latest);
}

}  // namespace stubkeeper::crawler
