#include "kb/review/proposed_entries.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "kb/entries/entry_store.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

Status transition_state(Store& store, const Change& change, EntryState from, EntryState to) {
  if (change.kind != new_entry_kind) return {};
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
  return entry.state == from ? entries.set_state(entry.id, to) : Status{};
}

}  // namespace

Result<Id> propose_entry(Store& store, Id run_id, const std::string& drafter, Timestamp now,
                         const ProposedEntry& entry) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto at_path, entries.find(entry.path));
  STUBKEEPER_ASSIGN(const auto moved_away, entries.find_moved_from(entry.path));
  STUBKEEPER_ASSIGN(const auto all, entries.list());
  const bool has_title = std::any_of(all.begin(), all.end(), [&](const Entry& other) {
    return equals_ignoring_case(other.title, entry.title);
  });
  if (at_path || moved_away || has_title) return Id{0};
  Id proposal = 0;
  STUBKEEPER_TRY(store.run_in_transaction([&]() -> Status {
    EntryStore::NewEntry stub;
    stub.path = entry.path;
    stub.file = entry.path + ".md";
    stub.title = entry.title;
    stub.state = EntryState::stub;
    stub.bytes = entry.bytes;
    STUBKEEPER_ASSIGN(const auto made,
                      entries.add(stub, AuthorKind::model, drafter, now, "proposed by a draft"));
    // The block that the change names, if any, has another id in the store: a first change adds to
    // a part.
    STUBKEEPER_ASSIGN(proposal, Proposals{store}.propose(run_id, made.id, made.current_revision_id, drafter,
                                                         now, {}, {entry.change}));
    return {};
  }));
  return proposal;
}

Status withdraw_proposed_entry(Store& store, const Change& change) {
  return transition_state(store, change, EntryState::stub, EntryState::removed);
}

Status restore_proposed_entry(Store& store, const Change& change) {
  return transition_state(store, change, EntryState::removed, EntryState::stub);
}

Status unpublish_stub(Store& store, const Entry& entry) {
  Database& database = store.database();
  STUBKEEPER_ASSIGN(
      const bool stays,
      database.has_rows(
          "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM new_entry WHERE entry_id = ?1) OR EXISTS "
          "(SELECT 1 FROM change JOIN proposal ON proposal.id = proposal_id WHERE entry_id = ?1 "
          "AND change.state = 'approved') OR EXISTS (SELECT 1 FROM export_file WHERE entry_id = ?1)",
          {entry.id}));
  if (stays || entry.state != EntryState::published) return {};
  STUBKEEPER_TRY(EntryStore{store}.set_state(entry.id, EntryState::stub));
  STUBKEEPER_TRY(database.run(
      "UPDATE change SET state = 'outdated', outdated_because = 'the entry that it mentions is a stub again' "
      "WHERE state = 'waiting' AND id IN (SELECT change_id FROM upkeep WHERE entry_id = ?)",
      {entry.id}));
  return database.run(
      "DELETE FROM upkeep WHERE entry_id = ? AND (change_id IS NULL OR change_id IN (SELECT id FROM change "
      "WHERE state = 'outdated'))",
      {entry.id});
}

}  // namespace stubkeeper::kb
