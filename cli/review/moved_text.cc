#include "cli/review/moved_text.h"

#include "cli/review/edited_text.h"
#include "kb/entry_store.h"
#include "kb/part_place.h"

namespace stubkeeper::cli {

Result<MovedText> moved_text(kb::Store& store, const kb::Change& change, const kb::OwnVersion& own,
                             Timestamp now) {
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

}  // namespace stubkeeper::cli
