#include "kb/review/approved_text.h"

#include <algorithm>
#include <set>

#include "entries/edit.h"
#include "entries/markdown_escape.h"
#include "kb/entries/edit_json.h"
#include "kb/entries/entry_store.h"
#include "kb/review/apply_change.h"
#include "kb/review/upkeep.h"
#include "kb/sources/snapshots.h"

namespace stubkeeper::kb {
namespace {

bool can_set_fields(const entries::FrontMatter& front_matter) {
  return front_matter.kind() != entries::FrontMatterKind::none && front_matter.parse_error().empty();
}

// The web sources that a change quotes, each once. Local files and unsafe addresses are cited in
// the store alone.
Result<std::vector<entries::CitedSource>> cited_sources(Store& store, const Change& change) {
  Snapshots snapshots{store};
  std::set<Id> documents;
  std::vector<entries::CitedSource> sources;
  for (const Citation& citation : change.citations) {
    STUBKEEPER_ASSIGN(const auto snapshot, snapshots.get(citation.snapshot_id));
    if (!documents.insert(snapshot.document_id).second) continue;
    STUBKEEPER_ASSIGN(const auto document, snapshots.get_document(snapshot.document_id));
    if (!entries::is_safe_link(document.address)) continue;
    sources.push_back({document.address, name_of(snapshot, document)});
  }
  return sources;
}

// Lists the quoted web sources and sets the page's dates.
Result<entries::Document> add_sources_and_dates(Store& store, entries::Document edited, const Change& change,
                                                const std::string& today) {
  // Upkeep mentions another page, which lists its sources; nobody reviewed this one.
  const bool upkeep = change.kind == upkeep_kind;
  std::vector<entries::CitedSource> sources;
  if (!upkeep) {
    STUBKEEPER_ASSIGN(sources, cited_sources(store, change));
  }
  // Block ids do not matter to fields and sources.
  const entries::IdentifiedDocument page{std::move(edited), {}, "", &store.conventions()};
  const entries::FrontMatter& front_matter = page.document.front_matter();
  std::vector<entries::FieldChange> dates;
  for (const std::string& field : store.conventions().style.dates_set_by_approval) {
    if (upkeep && field == "last_reviewed") continue;
    if (!can_set_fields(front_matter) || front_matter.scalar(field) == today) continue;
    dates.push_back({entries::FieldChange::Kind::set, field, today, entries::ScalarStyle::bare_date});
  }
  auto updated = entries::add_cited_sources(page, sources, dates);
  // Front matter in which the sources cannot be listed may still take the dates. Where it takes neither, the
  // approved text counts all the same: `check` names the page's form.
  if (!updated.ok() && !sources.empty()) updated = entries::add_cited_sources(page, {}, std::move(dates));
  return updated.ok() ? std::move(updated) : page.document;
}

bool replaces_words(const entries::Edit& edit) {
  return edit.kind == entries::EditKind::replace_block || edit.kind == entries::EditKind::link_words;
}

// The block of the finished text that the edit's target became, by the number of blocks before it,
// or behind it where sources were listed above.
KnownBlocks find_replaced_block(const entries::IdentifiedDocument& before, const entries::Document& edited,
                                const entries::Document& after, const entries::Edit& edit) {
  const auto target = std::find(before.ids.begin(), before.ids.end(), edit.target);
  if (!replaces_words(edit) || target == before.ids.end()) return {};
  const auto index = static_cast<std::size_t>(target - before.ids.begin());
  const std::size_t behind = edited.blocks().size() - index;
  for (const std::size_t at : {index, after.blocks().size() - std::min(behind, after.blocks().size())}) {
    if (index >= edited.blocks().size() || at >= after.blocks().size()) continue;
    const entries::Block& block = after.blocks()[at];
    if (after.text(block) == edited.text(edited.blocks()[index])) return {{block.bytes.begin, edit.target}};
  }
  return {};
}

}  // namespace

Result<ApprovedText> approved_text(Store& store, const Change& change, const Entry& entry,
                                   const ReviewerEdit* reviewer_edit, const std::string& today) {
  ApprovedText text;
  STUBKEEPER_ASSIGN(auto edit, edit_from_json(change.edit_json));
  STUBKEEPER_ASSIGN(text.before, EntryStore{store}.document(entry.current_revision_id));
  if (reviewer_edit != nullptr) {
    STUBKEEPER_ASSIGN(edit, resolve_reviewer_edit(store, change, *reviewer_edit, text.before));
    if (!reviewer_edit->moved_to.empty()) text.moved_to = edit.part;
  }
  const entries::Document& before = text.before.document;
  auto bytes = apply_change(store, change, edit, text.before, entry.current_revision_id);
  if (!bytes.ok()) {
    const ErrorCode code = bytes.error().code;
    if (code != ErrorCode::conflict && code != ErrorCode::not_found) return bytes.error();
    return Error{ErrorCode::conflict, bytes.error().message, "", ""};
  }
  entries::Document edited = entries::Document::reparse(*std::move(bytes), before);
  if (change.kind == rechecked_kind || edit.kind == entries::EditKind::leave_block) {
    text.after = std::move(edited);
  } else {
    STUBKEEPER_ASSIGN(text.after, add_sources_and_dates(store, edited, change, today));
    text.known = find_replaced_block(text.before, edited, text.after, edit);
  }
  return text;
}

}  // namespace stubkeeper::kb
