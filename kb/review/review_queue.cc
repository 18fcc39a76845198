#include "kb/review/review_queue.h"

#include <map>

#include "base/text/strings.h"
#include "kb/review/filter_condition.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

Result<std::vector<std::pair<std::string, int>>> count_by_name(Database& database, std::string_view sql) {
  return database.query(sql, {}, [](const Row& row) {
    return std::pair{row.text(0), static_cast<int>(row.integer(1))};
  });
}

}  // namespace

Result<std::vector<QueuedChange>> review_queue(Store& store, const ChangeFilter& filter) {
  const FilterCondition condition{filter};
  return store.database().query(
      "SELECT change.id, change.proposal_id, proposal.run_id, entry.id, entry.path, entry.title, "
      "change.kind, "
      "change.place, substr(iif(change.new_text = '', change.old_text, change.new_text), 1, 300), "
      "change.state, proposal.created_at, "
      "(SELECT count(*) FROM flag WHERE flag.change_id = change.id AND resolved_at IS NULL), "
      "coalesce(change.first_look_source_id, 0) "
      "FROM change JOIN proposal ON proposal.id = proposal_id JOIN entry ON entry.id = proposal.entry_id "
      "WHERE " +
          condition.sql() + " ORDER BY entry.path, proposal.id, change.ordinal",
      condition.parameters(), [](const Row& row) {
        QueuedChange change;
        std::string state;
        row.read(change.id, change.proposal_id, change.run_id, change.entry_id, change.entry_path,
                 change.entry_title, change.kind, change.place, change.excerpt, state, change.proposed_at,
                 change.flags, change.first_look_source_id);
        change.state = change_state_from_name(state).value_or(ChangeState::waiting);
        return change;
      });
}

std::vector<QueuedSection> group_by_section(const std::vector<QueuedChange>& queue) {
  std::map<std::string, QueuedSection> by_path;
  Id last_entry = 0;
  for (const QueuedChange& change : queue) {
    const std::string path{parent_folder(change.entry_path)};
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
        row.read(counts.changes, counts.entries, counts.flagged, counts.conflicts);
        return {};
      }));
  return counts;
}

Result<QueueFacets> queue_facets(Store& store) {
  QueueFacets facets;
  STUBKEEPER_ASSIGN(
      facets.flags,
      count_by_name(store.database(),
                    "SELECT name, count(DISTINCT change_id) FROM change JOIN flag ON change_id = change.id "
                    "WHERE resolved_at IS NULL AND state = 'waiting' GROUP BY name ORDER BY name"));
  STUBKEEPER_ASSIGN(
      facets.kinds,
      count_by_name(store.database(),
                    "SELECT kind, count(*) FROM change WHERE state = 'waiting' GROUP BY kind ORDER BY kind"));
  return facets;
}

Result<std::vector<std::string>> stored_kinds(Store& store) {
  return store.database().query("SELECT DISTINCT kind FROM change ORDER BY kind", {}, first_text);
}

Result<std::map<Id, std::vector<std::string>>> flags_of(Store& store, const std::vector<Id>& changes) {
  std::map<Id, std::vector<std::string>> flags;
  for (const Id change : changes) {
    STUBKEEPER_ASSIGN(
        auto names,
        store.database().query(
            "SELECT DISTINCT name FROM flag WHERE change_id = ? AND resolved_at IS NULL ORDER BY name",
            {change}, first_text));
    if (!names.empty()) flags.emplace(change, std::move(names));
  }
  return flags;
}

}  // namespace stubkeeper::kb
