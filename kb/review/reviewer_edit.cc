#include "kb/review/reviewer_edit.h"

#include "entries/edits/move_to_part.h"
#include "kb/entries/edit_json.h"
#include "kb/entries/entry_store.h"
#include "kb/review/proposals.h"
#include "kb/sources/snapshots.h"

namespace stubkeeper::kb {
namespace {

// The publication date, or its known part, of the first source that has one; "".
Result<std::string> first_published_date(Store& store, const Change& change) {
  Snapshots snapshots{store};
  for (const Citation& citation : change.citations) {
    STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(citation.snapshot_id));
    if (!snapshot.published.empty()) return snapshot.published;
  }
  return std::string{};
}

Result<entries::EditPreview> preview_as_applied(Store& store, const Change& change,
                                                const ReviewerEdit& reviewer_edit) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto applied, entries.revision(change.applied_revision_id));
  STUBKEEPER_ASSIGN(const auto before, entries.revision_by_number(change.entry_id, applied.number - 1));
  STUBKEEPER_ASSIGN(const auto document, entries.document(before.id));
  STUBKEEPER_ASSIGN(const auto edit, resolve_reviewer_edit(store, change, reviewer_edit, document));
  return entries::preview_edit(document, edit);
}

}  // namespace

Result<entries::Edit> resolve_reviewer_edit(Store& store, const Change& change,
                                            const ReviewerEdit& reviewer_edit,
                                            const entries::IdentifiedDocument& document) {
  STUBKEEPER_ASSIGN(const auto proposed, edit_from_json(change.edit_json));
  auto edit = entries::rewrite_edit(proposed, reviewer_edit.text);
  if (reviewer_edit.moved_to.empty()) return edit;
  STUBKEEPER_ASSIGN(const std::string date, first_published_date(store, change));
  return entries::move_to_part(document, edit, reviewer_edit.moved_to, date);
}

Result<std::optional<entries::EditPreview>> approved_reviewer_edit(Store& store, const Change& change) {
  if (change.state != ChangeState::approved) return std::optional<entries::EditPreview>{};
  STUBKEEPER_ASSIGN(const auto decisions, Proposals{store}.decisions(change.id));
  if (decisions.empty() || decisions.back().verdict != Verdict::edit)
    return std::optional<entries::EditPreview>{};
  const ReviewerEdit reviewer_edit{decisions.back().text, decisions.back().moved_to};
  auto shown = preview_as_applied(store, change, reviewer_edit);
  if (shown.ok()) return std::optional{*std::move(shown)};
  const ErrorCode code = shown.error().code;
  if (code != ErrorCode::not_found && code != ErrorCode::conflict && code != ErrorCode::invalid_argument)
    return shown.error();
  // The approval made no revision, as the entry had the text already; so the one before does not
  // fit.
  return std::optional{
      entries::EditPreview{reviewer_edit.moved_to.empty() ? change.place : reviewer_edit.moved_to,
                           change.old_text, reviewer_edit.text}};
}

}  // namespace stubkeeper::kb
