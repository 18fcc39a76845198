#include "kb/entries/change_rows.h"

#include <unordered_map>

namespace stubkeeper::kb {
namespace {

// Up to this number of changes, citations and flags are read for each; beyond, all in one pass.
constexpr std::size_t max_single_lookups = 50;

Change change_of(const Row& row) {
  Change change;
  std::string state;
  row.read(change.id, change.proposal_id, change.entry_id, change.ordinal, change.kind, change.edit_json,
           change.place, change.old_text, change.new_text, change.reason, state, change.applied_revision_id,
           change.first_look_source_id);
  change.state = change_state_from_name(state).value_or(ChangeState::waiting);
  return change;
}

Citation citation_of(const Row& row) {
  Citation citation;
  row.read(citation.id, citation.snapshot_id, citation.begin_byte, citation.end_byte, citation.quote,
           citation.refutes);
  return citation;
}

Flag flag_of(const Row& row) {
  Flag flag;
  row.read(flag.id, flag.name, flag.detail, flag.raised_at, flag.resolved_at);
  return flag;
}

#define CITATION_QUERY \
  "SELECT id, snapshot_id, begin_byte, end_byte, quote, role = 'refutes', change_id FROM citation "
#define FLAG_QUERY "SELECT id, name, detail, raised_at, resolved_at, change_id FROM flag "

constexpr std::string_view changes_of_entry =
    "SELECT " CHANGE_COLUMNS
    "FROM proposal JOIN change ON proposal.id = proposal_id "
    "WHERE proposal.entry_id = ? AND change.state = ? ORDER BY change.id";

}  // namespace

Result<std::vector<Change>> read_changes(Database& database, std::string_view sql,
                                         const std::vector<Value>& parameters) {
  STUBKEEPER_ASSIGN(auto changes, database.query(sql, parameters, change_of));
  std::unordered_map<Id, Change*> by_id;
  for (Change& change : changes) by_id[change.id] = &change;
  const auto add_citation = [&](const Row& row) -> Status {
    if (const auto change = by_id.find(row.integer(6)); change != by_id.end())
      change->second->citations.push_back(citation_of(row));
    return {};
  };
  const auto add_flag = [&](const Row& row) -> Status {
    if (const auto change = by_id.find(row.integer(5)); change != by_id.end())
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
    STUBKEEPER_TRY(database.run(CITATION_QUERY "WHERE change_id = ? ORDER BY id", {change.id}, add_citation));
    STUBKEEPER_TRY(database.run(FLAG_QUERY "WHERE change_id = ? ORDER BY resolved_at IS NOT NULL, id",
                                {change.id}, add_flag));
  }
  return changes;
}

Result<std::vector<Change>> read_entry_changes(Database& database, Id entry_id, ChangeState state) {
  return read_changes(database, changes_of_entry, {entry_id, std::string_view{change_state_name(state)}});
}

Result<std::vector<Change>> read_entry_changes_without_details(Database& database, Id entry_id,
                                                               ChangeState state) {
  return database.query(changes_of_entry, {entry_id, std::string_view{change_state_name(state)}}, change_of);
}

}  // namespace stubkeeper::kb
