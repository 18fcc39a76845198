#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "config/configuration.h"
#include "kb/sources/records.h"
#include "kb/store/store.h"

namespace stubkeeper::cron {

// The options of a refresh.
struct RefreshOptions {
  // Only these: entries by path, or a section with all below it; sources by id, address, or address prefix
  // that ends in '*'. Empty: all.
  std::vector<std::string> entries;
  std::vector<std::string> sources;
  bool dry_run = false;  // say what would be fetched, touch nothing
  bool force = false;    // also sources that are not due yet
  bool batch = false;    // ask the model in a batch, for a later run to collect
  // Propose all that the selected sources say and their entries lack, also what was kept or compared before.
  bool all = false;

  // Sources that are asked for by name are fetched, however little is left of the budget of fetches.
  bool bypasses_fetch_budget() const { return force || !entries.empty() || !sources.empty(); }
};

// The time between two runs: of the last eight times between the starts of runs, those under ten minutes left
// out, one that three quarters do not exceed, so that some runs by hand do not hide a daily schedule. Nothing
// where no two runs are known.
Result<std::optional<std::chrono::milliseconds>> learn_run_interval(kb::Store& store, Timestamp now);

// Whether a run counts a source as due: from its time on, or where this run is nearer to it than the next one
// will be (half of `run_interval` before it, or 15 percent of its wait where that is not known), never before
// half of its wait is over. So a daily run that comes a minute early looks at daily pages daily.
bool is_due(const kb::Source& source, Timestamp now, std::optional<std::chrono::milliseconds> run_interval);

// The sources that a run fetches: active or gone, due, not in an hour or day that their feed leaves out (all
// with `force`), and selected by the options. Error: not_found where an option names nothing that exists.
Result<std::vector<kb::Source>> plan_sources(kb::Store& store, Timestamp now, const RefreshOptions& options);

// Whether the options select an entry: it is named, or is below a section that is.
bool is_selected(const std::string& entry_path, const RefreshOptions& options);
bool is_selected(const kb::Source& source, const RefreshOptions& options);

// The next visit after a good response: the kind's interval, up to a twentieth more or less by the source's id,
// so that sources which were added together do not come due together.
Timestamp next_visit(const kb::Source& source, Timestamp now, const config::Configuration::Revisit& revisit);

// The next visit after `failures` failures in a row (at least 1): the kind's interval, doubled for each
// failure after the first, at most a week; later where the server asks for it (`retry_after_seconds`, -1:
// not said), a day at most. A source that is gone is visited every 30 days.
Timestamp next_retry(const kb::Source& source, int failures, std::int64_t retry_after_seconds, Timestamp now,
                     const config::Configuration::Revisit& revisit);

// `wanted`, or later where the source asks for it, at most a day from `now`: until its response of `now` is
// stale (`remaining_freshness`, from Cache-Control or Expires), until the interval that its feed names is
// over, and not in hours or on days that the feed leaves out (skipHours, skipDays).
Timestamp apply_revisit_hints(Timestamp wanted, std::chrono::seconds remaining_freshness,
                              const kb::VisitHints& hints, Timestamp now);

}  // namespace stubkeeper::cron
