#include "kb/review/review_queue.h"

#include <map>

#include "kb/review/filter_condition.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {

Result<std::vector<QueuedChange>> review_queue(Store& store, const ChangeFilter& filter) {
  const FilterCondition condition{filter};
  std::vector<QueuedChange> queue;
  STUBKEEPER_TRY(store.database().run(
      "SELECT change.id, change.proposal_id, proposal.run_id, entry.id, entry.path, entry.title, "
      "change.kind, "
      "change.place, substr(iif(change.new_text = '', change.old_text, change.new_text), 1, 300), "
      "change.state, proposal.created_at, "
      "(SELECT count(*) FROM flag WHERE flag.change_id = change.id AND resolved_at IS NULL) "
      "FROM change JOIN proposal ON proposal.id = proposal_id JOIN entry ON entry.id = proposal.entry_id "
      "WHERE " +
          condition.sql() + " ORDER BY entry.path, proposal.id, change.ordinal",
      condition.parameters(), [&](const Row& row) -> Status {
        QueuedChange change;
        change.id = row.integer(0);
        change.proposal_id = row.integer(1);
        change.run_id = row.integer(2);
        change.entry_id = row.integer(3);
        change.entry_path = row.text(4);
        change.entry_title = row.text(5);
        change.kind = row.text(6);
        change.place = row.text(7);
        change.excerpt = row.text(8);
        change.state = change_state_from_name(row.text(9)).value_or(ChangeState::waiting);
        change.proposed_at = row.time(10);
        change.flags = static_cast<int>(row.integer(11));
        queue.push_back(std::move(change));
        return {};
      }));
  return queue;
}

std::vector<QueuedSection> group_by_section(const std::vector<QueuedChange>& queue) {
  std::map<std::string, QueuedSection> by_path;
  Id last_entry = 0;
  for (const QueuedChange& change : queue) {
    const std::size_t slash = change.entry_path.rfind('/');
    const std::string path = slash == std::string::npos ? "" : change.entry_path.substr(0, slash);
    QueuedSection& section = by_path[path];
    section.path = path;
    section.entries += change.entry_id != last_entry ? 1 : 0;
    section.changes += 1;
    section.flagged += change.flags > 0 ? 1 : 0;
    last_entry = change.entry_id;
  }
  std::vector<QueuedSection> sections;
  for (auto& [path, section] : by_path) sections.push_back(std::move(section));
  return sections;
}

Result<WaitingCounts> waiting_counts(Store& store) {
  WaitingCounts counts;
  STUBKEEPER_TRY(store.database().run(
      "SELECT count(*), count(DISTINCT proposal.entry_id), "
      "coalesce(sum(EXISTS (SELECT 1 FROM flag WHERE flag.change_id = change.id AND resolved_at IS NULL)), "
      "0), "
      "(SELECT count(*) FROM conflict WHERE state = 'waiting') "
      "FROM change JOIN proposal ON proposal.id = proposal_id WHERE change.state = 'waiting'",
      {}, [&](const Row& row) -> Status {
        counts.changes = static_cast<int>(row.integer(0));
        counts.entries = static_cast<int>(row.integer(1));
        counts.flagged = static_cast<int>(row.integer(2));
        counts.conflicts = static_cast<int>(row.integer(3));
        return {};
      }));
  return counts;
}

}  // namespace stubkeeper::kb
