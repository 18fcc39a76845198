#include "cron/plan.h"

#include <algorithm>
#include <set>

#include "crawler/content.h"
#include "cron/kinds/source_kind.h"
#include "cron/source_lifecycle.h"
#include "kb/entries/entry_store.h"
#include "kb/runs/runs.h"
#include "kb/sources/sources.h"

namespace stubkeeper::cron {
namespace {

std::chrono::minutes interval_of(const kb::Source& source, const config::Configuration::Revisit& revisit) {
  return std::chrono::minutes{revisit.*rules_of(source).interval.minutes};
}

bool matches(const kb::Source& source, const std::string& wanted) {
  if (source.address == wanted || std::to_string(source.id) == wanted) return true;
  return !wanted.empty() && wanted.back() == '*' &&
         source.address.starts_with(wanted.substr(0, wanted.size() - 1));
}

// Whether a source that became due at `due` is left out of a run because its feed names this hour or day; for
// a day at most.
bool is_skipped_now(const kb::VisitHints& hints, Timestamp due, Timestamp now) {
  return now < due + std::chrono::days{1} &&
         crawler::earliest_visit({0, hints.skipped_hours, hints.skipped_days}, now) != now;
}

// The ids of the sources of all selected entries.
Result<std::set<kb::Id>> sources_of_selected_entries(kb::Store& store, const RefreshOptions& options) {
  kb::EntryStore entries{store};
  kb::Sources sources{store};
  std::set<kb::Id> ids;
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  for (const std::string& wanted : options.entries) {
    bool known = false;
    for (const kb::Entry& entry : all) {
      if (entry.path != wanted && !entry.path.starts_with(wanted + "/")) continue;
      known = true;
      STUBKEEPER_ASSIGN(const auto of_entry, sources.of_entry(entry.id));
      for (const kb::Source& source : of_entry) ids.insert(source.id);
    }
    if (!known) {
      return Error{ErrorCode::not_found, "no entry or section is called \"" + wanted + "\"", "",
                   "`stubkeeper status` and `stubkeeper source list` show what there is"};
    }
  }
  return ids;
}

}  // namespace

Result<std::optional<std::chrono::milliseconds>> learn_run_interval(kb::Store& store, Timestamp now) {
  constexpr int max_intervals = 8;
  constexpr std::chrono::minutes min_interval{10};
  STUBKEEPER_ASSIGN(const auto runs, kb::Runs{store}.latest(max_intervals + 1));
  std::vector<std::chrono::milliseconds> intervals;
  Timestamp later = now;
  for (const kb::Run& run : runs) {
    if (run.started_at > now) continue;
    if (later - run.started_at < min_interval) continue;
    // The time since the last run is known to be one only where this run is begun by the same schedule.
    if (later != now) intervals.push_back(later - run.started_at);
    later = run.started_at;
  }
  if (intervals.empty()) return std::optional<std::chrono::milliseconds>{};
  const auto quartile = intervals.begin() + static_cast<std::ptrdiff_t>(intervals.size() * 3 / 4);
  std::nth_element(intervals.begin(), quartile, intervals.end());
  return std::optional{*quartile};
}

bool is_due(const kb::Source& source, Timestamp now, std::optional<std::chrono::milliseconds> run_interval) {
  if (source.due_at <= now) return true;
  if (!source.checked_at) return false;
  const std::chrono::milliseconds wait = source.due_at - *source.checked_at;
  const std::chrono::milliseconds early =
      std::min(run_interval ? *run_interval / 2 : wait * 15 / 100, wait / 2);
  return source.due_at - early <= now;
}

bool is_selected(const std::string& entry_path, const RefreshOptions& options) {
  if (options.entries.empty()) return true;
  return std::any_of(options.entries.begin(), options.entries.end(), [&](const std::string& wanted) {
    return entry_path == wanted || entry_path.starts_with(wanted + "/");
  });
}

bool is_selected(const kb::Source& source, const RefreshOptions& options) {
  return options.sources.empty() ||
         std::any_of(options.sources.begin(), options.sources.end(),
                     [&](const std::string& wanted) { return matches(source, wanted); });
}

Result<std::vector<kb::Source>> plan_sources(kb::Store& store, Timestamp now, const RefreshOptions& options) {
  kb::Sources sources{store};
  STUBKEEPER_ASSIGN(auto all, sources.list());
  for (const std::string& wanted : options.sources) {
    if (std::none_of(all.begin(), all.end(),
                     [&](const kb::Source& source) { return matches(source, wanted); })) {
      return Error{ErrorCode::not_found, "no source is \"" + wanted + "\"", "",
                   "name an id or an address of `stubkeeper source list`, or the beginning of addresses "
                   "followed by *"};
    }
  }
  std::set<kb::Id> selected;
  if (!options.entries.empty()) {
    STUBKEEPER_ASSIGN(selected, sources_of_selected_entries(store, options));
  }
  STUBKEEPER_ASSIGN(const auto run_interval, learn_run_interval(store, now));
  std::vector<kb::Source*> selected_and_due;
  for (kb::Source& source : all) {
    // One that is gone has its times, too.
    if (source.state != kb::SourceState::active && source.state != kb::SourceState::gone) continue;
    const bool is_left_out =
        !is_due(source, now, run_interval) || is_skipped_now(source.hints, source.due_at, now);
    if (is_left_out && !options.force) continue;
    if (!options.entries.empty() && !selected.contains(source.id)) continue;
    if (!is_selected(source, options)) continue;
    selected_and_due.push_back(&source);
  }
  std::stable_sort(selected_and_due.begin(), selected_and_due.end(),
                   [](const kb::Source* a, const kb::Source* b) { return a->due_at < b->due_at; });
  std::vector<kb::Source> planned;
  planned.reserve(selected_and_due.size());
  for (kb::Source* source : selected_and_due) planned.push_back(std::move(*source));
  return planned;
}

Timestamp next_visit(const kb::Source& source, Timestamp now, const config::Configuration::Revisit& revisit) {
  const std::chrono::milliseconds base = interval_of(source, revisit);
  // A multiplicative hash puts neighbouring ids far apart.
  const auto spread =
      static_cast<std::int64_t>((static_cast<std::uint64_t>(source.id) * 2654435761U) % 1000U);
  return now + base + base * (spread - 500) / 10'000;
}

Timestamp next_retry(const kb::Source& source, int failures, std::int64_t retry_after_seconds, Timestamp now,
                     const config::Configuration::Revisit& revisit) {
  constexpr std::chrono::milliseconds week = std::chrono::hours{24 * 7};
  constexpr std::chrono::seconds day = std::chrono::hours{24};
  if (source.state == kb::SourceState::gone) return now + gone_source_revisit_interval;
  std::chrono::milliseconds wait = interval_of(source, revisit);
  for (int i = 1; i < failures && wait < week; ++i) wait *= 2;
  wait = std::min(wait, std::max<std::chrono::milliseconds>(week, interval_of(source, revisit)));
  if (retry_after_seconds >= 0) {
    wait =
        std::max<std::chrono::milliseconds>(wait, std::min(std::chrono::seconds{retry_after_seconds}, day));
  }
  return now + wait;
}

Timestamp apply_revisit_hints(Timestamp wanted, std::chrono::seconds remaining_freshness,
                              const kb::VisitHints& hints, Timestamp now) {
  const Timestamp latest = std::max<Timestamp>(wanted, now + std::chrono::days{1});
  const Timestamp allowed =
      crawler::earliest_visit({hints.min_minutes, hints.skipped_hours, hints.skipped_days}, now);
  const Timestamp earliest =
      std::max({wanted, std::min<Timestamp>(now + remaining_freshness, latest), allowed});
  return std::min(crawler::earliest_visit({0, hints.skipped_hours, hints.skipped_days}, earliest), latest);
}

}  // namespace stubkeeper::cron
