#include "review/move.h"

#include "base/text/dates.h"
#include "entries/edits/list_items.h"
#include "kb/entries/entry_store.h"
#include "kb/review/apply_change.h"
#include "review/edited_text.h"

namespace stubkeeper::review {

kb::ReviewerEdit add_leading_date(kb::Store& store, const kb::ReviewerEdit& reviewer_edit,
                                  const std::string& today) {
  const entries::EntryTypes& types = store.conventions().types;
  const entries::EntryPart* part = types.part_of_heading(reviewer_edit.moved_to);
  const bool is_development = part != nullptr && part == types.part("developments");
  if (!is_development || entries::parse_dated_text(reviewer_edit.text).text_begin > 0) return reviewer_edit;
  for (const std::string& date : find_calendar_dates(reviewer_edit.text)) {
    // What is still to come when it is told is a plan, and no date of an event.
    if (date > today.substr(0, date.size())) continue;
    return {"**" + date.substr(0, std::string_view{"2026-07"}.size()) + ":** " + reviewer_edit.text,
            reviewer_edit.moved_to};
  }
  return reviewer_edit;
}

Result<MovePreview> preview_move(kb::Store& store, const kb::Change& change, const kb::ReviewerEdit& given,
                                 Timestamp now) {
  const kb::ReviewerEdit reviewer_edit = add_leading_date(store, given, iso_date(now));
  MovePreview moved;
  STUBKEEPER_ASSIGN(moved.flags, verify_edited_text(store, change, reviewer_edit, now));
  kb::EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
  STUBKEEPER_ASSIGN(const auto document, entries.document(entry.current_revision_id));
  STUBKEEPER_ASSIGN(const auto edit, kb::resolve_reviewer_edit(store, change, reviewer_edit, document));
  STUBKEEPER_ASSIGN(const auto preview, entries::preview_edit(document, edit));
  STUBKEEPER_ASSIGN(auto bytes, kb::apply_change(store, change, edit, document, entry.current_revision_id));
  moved.reviewer_edit = {reviewer_edit.text, edit.part};
  moved.difference = entries::block_diff(preview.old_text, preview.new_text);
  moved.context_lines = find_context_lines(document.document, entries::Document::parse(std::move(bytes)));
  return moved;
}

Result<MovePreview> preview_move(kb::Store& store, const kb::Change& change, const std::string& part,
                                 Timestamp now) {
  STUBKEEPER_ASSIGN(const std::string proposed, text_to_edit(change));
  return preview_move(store, change, kb::ReviewerEdit{proposed, part}, now);
}

}  // namespace stubkeeper::review
