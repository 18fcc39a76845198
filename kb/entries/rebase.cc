#include "kb/entries/rebase.h"

#include <vector>

#include "entries/edit.h"
#include "entries/markdown/lines.h"
#include "entries/markdown/unclosed_blocks.h"
#include "entries/word_diff.h"
#include "kb/entries/change_rows.h"
#include "kb/entries/edit_json.h"
#include "kb/store/database.h"

namespace stubkeeper::kb {
namespace {

std::string block_text(const entries::IdentifiedDocument& document, const std::string& id) {
  const auto& blocks = document.document.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (document.ids[i] == id) return std::string{document.document.text(blocks[i])};
  }
  return "";
}

// Rewrites the edit for the present block, where the two do not overlap.
bool merge_into_current(const entries::IdentifiedDocument& current, entries::Edit& edit) {
  const bool links = edit.kind == entries::EditKind::link_words;
  if ((edit.kind != entries::EditKind::replace_block && !links) || edit.expected.empty()) return false;
  std::string now = block_text(current, edit.target);
  if (now.empty()) return false;
  if (links) {
    // The words that it links may be there still; the preview tells.
    edit.expected = std::move(now);
    return true;
  }
  auto merged =
      entries::merge_words(entries::strip_line_endings(edit.expected), entries::strip_line_endings(now),
                           entries::strip_line_endings(edit.text));
  if (!merged) return false;
  edit.expected = std::move(now);
  edit.text = *std::move(merged);
  return true;
}

// A change brought onto a text, or why it does not fit there.
struct RebasedChange {
  entries::Edit edit;
  entries::EditPreview preview;
  std::string outdated_reason;
};

RebasedChange outdated(const std::string& reason) {
  RebasedChange rebased;
  rebased.outdated_reason = reason;
  return rebased;
}

Result<RebasedChange> rebase(const Change& change, const entries::IdentifiedDocument& current) {
  STUBKEEPER_ASSIGN(entries::Edit edit, edit_from_json(change.edit_json));
  auto preview = entries::preview_edit(current, edit);
  if (!preview.ok() && preview.error().code == ErrorCode::conflict && merge_into_current(current, edit))
    preview = entries::preview_edit(current, edit);
  if (!preview.ok()) {
    const bool gone = preview.error().code == ErrorCode::not_found;
    return outdated(gone ? "what it would change is not in the entry any more"
                    : preview.error().code == ErrorCode::conflict
                        ? "the words that it would change were changed since"
                        : preview.error().message);
  }
  const bool is_date =
      edit.kind == entries::EditKind::set_field && edit.style == entries::ScalarStyle::bare_date;
  if (is_date && preview->old_text > edit.text) return outdated("a later date stands there already");
  STUBKEEPER_ASSIGN(const std::string bytes, entries::apply_edit(current, edit));
  const bool changes_text = edit.kind != entries::EditKind::leave_block;
  if (changes_text && bytes == current.document.print()) return outdated("the entry says it already");
  return RebasedChange{std::move(edit), *std::move(preview), ""};
}

Status store_rebased(Database& database, const Change& change, const RebasedChange& rebased, Id revision_id) {
  if (!rebased.outdated_reason.empty()) {
    return database.run(
        "UPDATE change SET state = 'outdated', outdated_because = ?, outdated_by_revision_id = ? WHERE id = ?",
        {rebased.outdated_reason, revision_id, change.id});
  }
  const entries::EditPreview& preview = rebased.preview;
  if (preview.old_text == change.old_text && preview.new_text == change.new_text &&
      preview.place == change.place)
    return {};
  return database.run(
      "UPDATE change SET edit_json = ?1, place = ?2, old_text = ?3, new_text = ?4, "
      "content_sha256 = change_sha256(?1, ?3, ?4) WHERE id = ?5",
      {edit_to_json(rebased.edit), preview.place, preview.old_text, preview.new_text, change.id});
}

}  // namespace

Status rebase_waiting(Store& store, Id entry_id, Id revision_id, const entries::IdentifiedDocument& current) {
  // A page that takes no edits now (entries::apply_edit) will again, and its changes wait for that.
  if (entries::find_unclosed_block(current.document)) return {};
  STUBKEEPER_ASSIGN(const auto waiting,
                    read_entry_changes_without_details(store.database(), entry_id, ChangeState::waiting));
  for (const Change& change : waiting) {
    STUBKEEPER_ASSIGN(const auto rebased, rebase(change, current));
    STUBKEEPER_TRY(store_rebased(store.database(), change, rebased, revision_id));
  }
  return {};
}

Status revive_outdated(Store& store, Id entry_id) {
  return store.database().run(
      "UPDATE change SET state = 'waiting', outdated_because = '', outdated_by_revision_id = NULL "
      "WHERE state = 'outdated' AND outdated_by_revision_id IN (SELECT id FROM revision WHERE entry_id = ? AND "
      "(id IN (SELECT revision_id FROM approval) OR id IN (SELECT revision_id FROM decision)))",
      {entry_id});
}

Result<std::vector<OutdatedChange>> find_outdated_by(Store& store, Id entry_id,
                                                     const entries::IdentifiedDocument& next) {
  if (entries::find_unclosed_block(next.document)) return std::vector<OutdatedChange>{};
  STUBKEEPER_ASSIGN(auto waiting,
                    read_entry_changes_without_details(store.database(), entry_id, ChangeState::waiting));
  std::vector<OutdatedChange> found;
  for (Change& change : waiting) {
    STUBKEEPER_ASSIGN(auto rebased, rebase(change, next));
    if (!rebased.outdated_reason.empty())
      found.push_back({std::move(change), std::move(rebased.outdated_reason)});
  }
  return found;
}

}  // namespace stubkeeper::kb
