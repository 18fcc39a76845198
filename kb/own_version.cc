#include "kb/own_version.h"

#include "kb/edit_json.h"
#include "kb/entry_store.h"
#include "kb/proposals.h"

namespace stubkeeper::kb {
namespace {

Result<entries::EditPreview> as_it_was_applied(Store& store, const Change& change,
                                               const entries::Edit& edit) {
  EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto applied, entries.revision(change.applied_revision_id));
  STUBKEEPER_ASSIGN(const auto before, entries.revision_by_number(change.entry_id, applied.number - 1));
  STUBKEEPER_ASSIGN(const auto document, entries.document(before.id));
  return entries::preview_edit(document, edit);
}

}  // namespace

Result<std::optional<entries::EditPreview>> approved_own_version(Store& store, const Change& change) {
  if (change.state != ChangeState::approved) return std::optional<entries::EditPreview>{};
  STUBKEEPER_ASSIGN(const auto decisions, Proposals{store}.decisions(change.id));
  if (decisions.empty() || decisions.back().verdict != Verdict::edit)
    return std::optional<entries::EditPreview>{};
  const std::string& own = decisions.back().text;
  STUBKEEPER_ASSIGN(const auto proposed, edit_from_json(change.edit_json));
  auto shown = as_it_was_applied(store, change, entries::rewritten(proposed, own));
  if (shown.ok()) return std::optional{*std::move(shown)};
  if (shown.error().code != ErrorCode::not_found && shown.error().code != ErrorCode::conflict)
    return shown.error();
  // The approval made no revision, as the text stood there already: then there is none before it.
  return std::optional{entries::EditPreview{change.place, change.old_text, own}};
}

}  // namespace stubkeeper::kb
