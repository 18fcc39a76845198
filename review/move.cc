#include "review/move.h"

#include "entries/edits/dated_item.h"
#include "kb/entries/entry_store.h"
#include "kb/review/part_place.h"
#include "llm/verification/dates.h"
#include "review/edited_text.h"

namespace stubkeeper::review {

kb::OwnVersion dated_version(kb::Store& store, const kb::OwnVersion& own, const std::string& today) {
  const entries::EntryTypes& types = store.conventions().types;
  const entries::EntryPart* part = types.part_of_heading(own.moved_to);
  const bool is_development = part != nullptr && part == types.part("developments");
  if (!is_development || entries::dated_text(own.text).text_begin > 0) return own;
  for (const std::string& date : llm::dates_in(own.text)) {
    // What is still to come when it is told is a plan, and no date of an event.
    if (date > today.substr(0, date.size())) continue;
    return {"**" + date.substr(0, std::string_view{"2026-07"}.size()) + ":** " + own.text, own.moved_to};
  }
  return own;
}

Result<MovedText> moved_text(kb::Store& store, const kb::Change& change, const kb::OwnVersion& given,
                             Timestamp now) {
  const kb::OwnVersion own = dated_version(store, given, iso_date(now));
  MovedText moved;
  STUBKEEPER_ASSIGN(moved.flags, verify_edited(store, change, own, now));
  kb::EntryStore entries{store};
  STUBKEEPER_ASSIGN(const auto entry, entries.get(change.entry_id));
  STUBKEEPER_ASSIGN(const auto document, entries.document(entry.current_revision_id));
  STUBKEEPER_ASSIGN(const auto edit, kb::own_edit(store, change, own, document));
  STUBKEEPER_ASSIGN(const auto preview, entries::preview_edit(document, edit));
  STUBKEEPER_ASSIGN(auto bytes,
                    kb::text_with_change(store, change, edit, document, entry.current_revision_id));
  moved.own = {own.text, edit.part};
  moved.difference = entries::block_diff(preview.old_text, preview.new_text);
  moved.around = surroundings_of(document.document, entries::Document::parse(std::move(bytes)));
  return moved;
}

Result<MovedText> moved_text(kb::Store& store, const kb::Change& change, const std::string& part,
                             Timestamp now) {
  STUBKEEPER_ASSIGN(const std::string proposed, text_to_edit(change));
  return moved_text(store, change, kb::OwnVersion{proposed, part}, now);
}

}  // namespace stubkeeper::review
