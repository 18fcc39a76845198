#include "kb/review/dependents.h"

#include <algorithm>

#include "entries/edit.h"
#include "kb/entries/edit_json.h"
#include "kb/entries/entry_store.h"
#include "kb/entries/rebase.h"
#include "kb/review/approved_text.h"
#include "kb/store/database.h"
#include "kb/store/enum_names.h"

namespace stubkeeper::kb {
namespace {

constexpr EnumNames<6> names{"publishes", "outdates", "same_block", "after_it", "quoted_text", "mentions_it"};

bool replaces(const entries::Edit& edit) {
  return edit.kind == entries::EditKind::replace_block || edit.kind == entries::EditKind::remove_block ||
         edit.kind == entries::EditKind::set_field;
}

// Waiting changes that would not fit the entry's text with the change.
Status add_outdated(Store& store, const Change& change, const Entry& entry, const std::string& today,
                    std::vector<Dependent>& found) {
  if (change.state != ChangeState::waiting) return {};
  auto text = approved_text(store, change, entry, nullptr, today);
  // One that does not fit itself changes nothing.
  if (!text.ok()) return {};
  int new_blocks = 0;
  const auto new_id = [&] { return "new-" + std::to_string(++new_blocks); };
  auto next = carry_ids(text->before, std::move(text->after), new_id, text->known);
  STUBKEEPER_ASSIGN(const auto outdated, find_outdated_by(store, entry.id, next));
  for (const OutdatedChange& each : outdated) {
    if (each.change.id == change.id) continue;
    const std::string& words = each.change.new_text.empty() ? each.change.old_text : each.change.new_text;
    found.push_back({Dependent::Kind::outdates, each.change.id, entry.path, words, each.reason});
  }
  return {};
}

// Other waiting changes of the entry that name the same block or field.
Status add_changes_of_same_block(Store& store, const Change& change, const entries::Edit& edit,
                                 std::vector<Dependent>& found) {
  if (edit.target.empty()) return {};
  return store.database().run(
      "SELECT change.id, entry.path, iif(new_text = '', old_text, new_text), edit_json FROM change "
      "JOIN proposal ON proposal.id = proposal_id JOIN entry ON entry.id = entry_id "
      "WHERE entry_id = ? AND change.state = 'waiting' AND change.id <> ? "
      "AND json_extract(edit_json, '$.target') = ? ORDER BY change.id",
      {change.entry_id, change.id, edit.target}, [&](const Row& row) -> Status {
        STUBKEEPER_ASSIGN(const auto other, edit_from_json(row.text(3)));
        const bool is_known = std::any_of(found.begin(), found.end(), [&](const Dependent& dependent) {
          return dependent.change_id == row.integer(0);
        });
        if (is_known) return {};
        const bool both = replaces(edit) && replaces(other);
        const auto kind = both ? Dependent::Kind::same_block : Dependent::Kind::anchored_to_block;
        found.push_back({kind, row.integer(0), row.text(1), row.text(2)});
        return {};
      });
}

// Approved changes with quotes that brought the text to be replaced.
Status add_quoted_text(Store& store, const Change& change, const entries::Edit& edit,
                       std::vector<Dependent>& found) {
  const bool of_block =
      edit.kind == entries::EditKind::replace_block || edit.kind == entries::EditKind::remove_block;
  if (!of_block) return {};
  return store.database().run(
      "SELECT old.id, entry.path, old.new_text FROM entry "
      "JOIN block ON block.revision_id = entry.current_revision_id "
      "JOIN change AS old ON old.applied_revision_id = block.origin_revision_id "
      "WHERE entry.id = ? AND block.block_id = ? AND old.state = 'approved' "
      "AND EXISTS (SELECT 1 FROM citation WHERE citation.change_id = old.id) ORDER BY old.id",
      {change.entry_id, edit.target}, [&](const Row& row) -> Status {
        found.push_back({Dependent::Kind::quoted_text, row.integer(0), row.text(1), row.text(2)});
        return {};
      });
}

Status add_mentions(Store& store, const Change& change, std::vector<Dependent>& found) {
  return store.database().run(
      "SELECT change.id, entry.path, change.new_text FROM upkeep "
      "JOIN change ON change.id = upkeep.change_id JOIN proposal ON proposal.id = proposal_id "
      "JOIN entry ON entry.id = proposal.entry_id "
      "WHERE upkeep.entry_id = ? AND change.state = 'waiting' AND change.id <> ? ORDER BY change.id",
      {change.entry_id, change.id}, [&](const Row& row) -> Status {
        found.push_back({Dependent::Kind::mentions_entry, row.integer(0), row.text(1), row.text(2)});
        return {};
      });
}

}  // namespace

const char* dependent_kind_name(Dependent::Kind kind) {
  return enum_name(names, kind);
}

Result<std::vector<Dependent>> find_dependents(Store& store, const Change& change, const std::string& today) {
  std::vector<Dependent> found;
  STUBKEEPER_ASSIGN(const auto edit, edit_from_json(change.edit_json));
  STUBKEEPER_ASSIGN(const auto entry, EntryStore{store}.get(change.entry_id));
  if (change.state == ChangeState::waiting && entry.state == EntryState::stub)
    found.push_back({Dependent::Kind::publishes, 0, entry.path, ""});
  STUBKEEPER_TRY(add_outdated(store, change, entry, today, found));
  STUBKEEPER_TRY(add_changes_of_same_block(store, change, edit, found));
  STUBKEEPER_TRY(add_quoted_text(store, change, edit, found));
  STUBKEEPER_TRY(add_mentions(store, change, found));
  std::stable_sort(found.begin(), found.end(),
                   [](const Dependent& a, const Dependent& b) { return a.kind < b.kind; });
  return found;
}

}  // namespace stubkeeper::kb
