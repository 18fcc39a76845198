#pragma once

#include <chrono>

#include "base/clock.h"
#include "kb/sources/records.h"

namespace stubkeeper::cron {

// `wanted`, or later where the source asks for it: not before its answer of `now` has aged out (`remaining_freshness`,
// from Cache-Control or Expires), not before the time between two looks that its feed names is over, and not
// in hours or on days that it names (skipHours, skipDays). What it asks for counts for a day at most: the
// result is never later than `wanted` and `now` plus a day.
Timestamp apply_revisit_hints(Timestamp wanted, std::chrono::seconds remaining_freshness, const kb::VisitHints& hints,
                                Timestamp now);

// Whether a source that became due at `due` is to be left out of a run at `now` because its feed names this
// hour or day; for a day at most.
bool is_skipped_now(const kb::VisitHints& hints, Timestamp due, Timestamp now);

}  // namespace stubkeeper::cron
