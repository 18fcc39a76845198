#pragma once

#include <vector>

#include "cron/refresh.h"
#include "kb/sources/records.h"

namespace stubkeeper::cron {

// The sources that a run looks at: active or gone, due and in no hour or day that its feed leaves out (or all
// with `force`), and meant by the options. not_found where an option names no source or entry that there is.
Result<std::vector<kb::Source>> plan_sources(kb::Store& store, Timestamp now, const RefreshOptions& options);

// Whether an entry's path is meant by the options: it is named, or lies below a section that is.
bool is_selected(const std::string& entry_path, const RefreshOptions& options);

// When to look again after a good answer: the kind's interval, spread by up to a tenth by the source's id, so
// that sources which were added together do not come due together.
Timestamp next_visit(const kb::Source& source, Timestamp now, const config::Configuration::Revisit& revisit);

// When to look again after `failures` failures in a row (at least 1): the kind's interval, doubled for each
// failure after the first, at most a week; later where the server asked for it (`retry_after_seconds`, -1:
// not said), capped at a day. A source that is gone is looked at every 30 days.
Timestamp next_retry(const kb::Source& source, int failures, std::int64_t retry_after_seconds, Timestamp now,
                   const config::Configuration::Revisit& revisit);

}  // namespace stubkeeper::cron
