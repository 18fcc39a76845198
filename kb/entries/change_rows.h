#pragma once

#include <vector>

#include "kb/entries/records.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {

// The columns for read_changes(), of change joined with its proposal.
#define CHANGE_COLUMNS                                                                                        \
  "change.id, change.proposal_id, proposal.entry_id, change.ordinal, change.kind, change.edit_json, "         \
  "change.place, change.old_text, change.new_text, change.reason, change.state, change.applied_revision_id, " \
  "coalesce(change.first_look_source_id, 0) "

// The changes of a query on CHANGE_COLUMNS, in its order, with their citations and flags. Takes two
// more queries in all, or two a change where there are few.
Result<std::vector<Change>> read_changes(Database& database, std::string_view sql,
                                         const std::vector<Value>& parameters);

// An entry's changes in a state, oldest first.
Result<std::vector<Change>> read_entry_changes(Database& database, Id entry_id, ChangeState state);
// Without their citations and flags, in one query.
Result<std::vector<Change>> read_entry_changes_without_details(Database& database, Id entry_id,
                                                               ChangeState state);

}  // namespace stubkeeper::kb
