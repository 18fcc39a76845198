#include "kb/review/change_rows.h"

#include <algorithm>
#include <unordered_map>

namespace stubkeeper::kb {
namespace {

// Up to so many changes, citations and flags are asked for one by one; beyond, all are read in one pass.
constexpr std::size_t max_single_lookups = 50;

Change change_of(const Row& row) {
  Change change;
  change.id = row.integer(0);
  change.proposal_id = row.integer(1);
  change.entry_id = row.integer(2);
  change.ordinal = static_cast<int>(row.integer(3));
  change.kind = row.text(4);
  change.edit_json = row.text(5);
  change.place = row.text(6);
  change.old_text = row.text(7);
  change.new_text = row.text(8);
  change.reason = row.text(9);
  change.state = change_state_from_name(row.text(10)).value_or(ChangeState::waiting);
  change.applied_revision_id = row.integer(11);
  return change;
}

Citation citation_of(const Row& row) {
  return {row.integer(1),
          row.integer(2),
          static_cast<std::size_t>(row.integer(3)),
          static_cast<std::size_t>(row.integer(4)),
          row.text(5),
          row.view(6) == "refutes"};
}

Flag flag_of(const Row& row) {
  return {row.integer(1), row.text(2), row.text(3), row.time(4), row.optional_time(5)};
}

#define CITATION_QUERY "SELECT change_id, id, snapshot_id, begin_byte, end_byte, quote, role FROM citation "
#define FLAG_QUERY "SELECT change_id, id, name, detail, raised_at, resolved_at FROM flag "

constexpr std::string_view changes_of_entry = "SELECT " CHANGE_COLUMNS
                                              "FROM proposal JOIN change ON proposal.id = proposal_id WHERE "
                                              "proposal.entry_id = ? AND change.state = ? ORDER BY change.id";

Result<std::vector<Change>> read_changes_without_details(Database& database, std::string_view sql,
                                              const std::vector<Value>& parameters) {
  std::vector<Change> changes;
  STUBKEEPER_TRY(database.run(sql, parameters, [&](const Row& row) -> Status {
    changes.push_back(change_of(row));
    return {};
  }));
  return changes;
}

}  // namespace

Result<std::vector<Change>> read_changes(Database& database, std::string_view sql,
                                         const std::vector<Value>& parameters) {
  STUBKEEPER_ASSIGN(auto changes, read_changes_without_details(database, sql, parameters));
  std::unordered_map<Id, Change*> by_id;
  for (Change& change : changes) by_id[change.id] = &change;
  const auto add_citation = [&](const Row& row) -> Status {
    if (const auto change = by_id.find(row.integer(0)); change != by_id.end())
      change->second->citations.push_back(citation_of(row));
    return {};
  };
  const auto add_flag = [&](const Row& row) -> Status {
    if (const auto change = by_id.find(row.integer(0)); change != by_id.end())
      change->second->flags.push_back(flag_of(row));
    return {};
  };
  if (changes.size() > max_single_lookups) {
    STUBKEEPER_TRY(database.run(CITATION_QUERY "WHERE change_id IS NOT NULL ORDER BY id", {}, add_citation));
    STUBKEEPER_TRY(database.run(FLAG_QUERY "WHERE change_id IS NOT NULL ORDER BY resolved_at IS NOT NULL, id",
                                {}, add_flag));
    return changes;
  }
  for (const Change& change : changes) {
    STUBKEEPER_TRY(
        database.run(CITATION_QUERY "WHERE change_id = ? ORDER BY id", {change.id}, add_citation));
    STUBKEEPER_TRY(database.run(FLAG_QUERY "WHERE change_id = ? ORDER BY resolved_at IS NOT NULL, id",
                                {change.id}, add_flag));
  }
  return changes;
}

Result<std::vector<Change>> read_entry_changes(Database& database, Id entry_id, ChangeState state) {
  return read_changes(database, changes_of_entry, {entry_id, std::string_view{change_state_name(state)}});
}

Result<std::vector<Change>> read_entry_changes_without_details(Database& database, Id entry_id, ChangeState state) {
  return read_changes_without_details(database, changes_of_entry,
                           {entry_id, std::string_view{change_state_name(state)}});
}

}  // namespace stubkeeper::kb
