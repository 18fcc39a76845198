#include "cli/serve/freshness.h"

#include <optional>

#include "entries/front_matter.h"
#include "entries/staleness.h"
#include "kb/entries/entry_store.h"
#include "kb/runs/time_series.h"

namespace stubkeeper::cli {
namespace {

constexpr std::int64_t due_window_days = 30;

void count(Freshness& freshness, std::optional<std::int64_t> days_overdue) {
  if (!days_overdue) {
    ++freshness.undated;
  } else if (*days_overdue > 0) {
    ++freshness.stale;
  } else if (*days_overdue > -due_window_days) {
    ++freshness.due;
  } else {
    ++freshness.current;
  }
}

}  // namespace

Result<std::vector<Freshness>> freshness_by_week(kb::Store& store, Timestamp now, int weeks) {
  std::vector<Freshness> series(static_cast<std::size_t>(weeks));
  for (std::size_t i = 0; i < series.size(); ++i)
    series[i].day = now - std::chrono::weeks{static_cast<std::int64_t>(series.size() - 1 - i)};
  kb::EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto times, kb::revision_times(store));
  const std::string today = iso_date(now);
  for (std::size_t i = 0; i < times.size(); ++i) {
    const bool last = i + 1 == times.size() || times[i + 1].entry_id != times[i].entry_id;
    const Timestamp end = last ? now + std::chrono::days{1} : times[i + 1].created_at;
    if (end <= series.front().day) continue;
    STUBKEEPER_ASSIGN(const auto revision, entries.revision(times[i].revision_id));
    STUBKEEPER_ASSIGN(const auto bytes, entries.bytes(revision));
    const auto overdue_today = entries::days_overdue(entries::FrontMatter::parse(bytes), today);
    for (Freshness& freshness : series) {
      if (freshness.day < times[i].created_at || freshness.day >= end) continue;
      const auto ago = std::chrono::duration_cast<std::chrono::days>(now - freshness.day).count();
      count(freshness, overdue_today ? std::optional{*overdue_today - ago} : std::nullopt);
    }
  }
  return series;
}

}  // namespace stubkeeper::cli
