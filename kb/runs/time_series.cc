#include "kb/runs/time_series.h"

#include "kb/review/records.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

Timestamp start_of_week(Timestamp time) {
  using namespace std::chrono;
  const sys_days day = floor<days>(time);
  return day - days{weekday{day}.iso_encoding() - 1};
}

}  // namespace

Result<std::vector<WeeklyDecisions>> decisions_by_week(Store& store, Timestamp now, int weeks) {
  const Timestamp last = start_of_week(now);
  std::vector<WeeklyDecisions> series(static_cast<std::size_t>(weeks));
  for (int i = 0; i < weeks; ++i)
    series[static_cast<std::size_t>(i)].begin = last - std::chrono::weeks{weeks - 1 - i};
  const Timestamp first = series.front().begin;
  STUBKEEPER_TRY(store.database().run(
      "SELECT (decided_at - ?1) / 604800000, verdict, count(*), "
      "sum(decided_by LIKE 'policy:%' OR decided_by LIKE 'auto_approve:%') FROM decision "
      "WHERE decided_at >= ?1 GROUP BY 1, 2",
      {to_value(first)}, [&](const Row& row) -> Status {
        const auto week = static_cast<std::size_t>(row.integer(0));
        if (week >= series.size()) return {};  // a clock that was set back since
        WeeklyDecisions& decisions = series[week];
        const auto decision_count = static_cast<int>(row.integer(2));
        switch (verdict_from_name(row.text(1)).value_or(Verdict::approve)) {
          case Verdict::approve:
            decisions.approved = decision_count;
            decisions.by_policy = static_cast<int>(row.integer(3));
            break;
          case Verdict::edit:
            decisions.edited = decision_count;
            break;
          case Verdict::reject:
            decisions.rejected = decision_count;
            break;
          case Verdict::undo:
            decisions.undone = decision_count;
            break;
        }
        return {};
      }));
  return series;
}

Result<std::vector<RevisionTime>> revision_times(Store& store) {
  return store.database().query(
      "SELECT revision.id, entry_id, created_at FROM revision JOIN entry ON entry.id = entry_id "
      "WHERE entry.kind = 'entry' AND entry.state = 'published' ORDER BY entry_id, revision.id",
      {}, [](const Row& row) {
        return RevisionTime{row.integer(0), row.integer(1), row.time(2)};
      });
}

}  // namespace stubkeeper::kb
