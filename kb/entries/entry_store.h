#pragma once

#include <optional>
#include <string>
#include <vector>

#include "entries/document.h"
#include "entries/edit.h"
#include "kb/entries/known_blocks.h"
#include "kb/entries/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// Entries and their revisions. Borrows the store.
class EntryStore {
 public:
  explicit EntryStore(Store& store) : store_(store) {}

  // A new entry with its first revision. already_exists where path or file is taken.
  struct NewEntry {
    std::string path;
    std::string file;
    EntryKind kind = EntryKind::entry;
    std::string title;
    EntryState state = EntryState::published;
    std::string bytes;
  };
  Result<Entry> add(const NewEntry& entry, AuthorKind author_kind, const std::string& author, Timestamp now,
                    const std::string& note);

  Result<Entry> get(Id id);
  Result<std::optional<Entry>> find(const std::string& path);
  // The last entry that had a path before it was moved.
  Result<std::optional<Entry>> find_moved_from(const std::string& old_path);
  Result<std::vector<Entry>> list();  // by path; removed ones too
  Status set_state(Id id, EntryState state);

  // Moves an entry to another file and path, with its revisions, citations and changes.
  // already_exists.
  Status move(Id id, const std::string& new_file, Timestamp now, const std::string& by);

  // Appends a revision and makes it the current one; equal bytes give the current one back and
  // store nothing. Block ids are carried over (entries::carry_ids), a block that kept its bytes
  // (but for line ends) keeps its origin, the title follows the front matter, and waiting changes are rebased
  // (kb/entries/rebase.h). `current`: the current revision's document, where it is at hand; `known`:
  // blocks that keep their ids whatever their words.
  Result<Revision> add_revision(Id entry_id, entries::Document text, AuthorKind author_kind,
                                const std::string& author, Timestamp now, const std::string& note,
                                const entries::IdentifiedDocument* current = nullptr,
                                const KnownBlocks& known = {});
  Result<Revision> add_revision(Id entry_id, const std::string& bytes, AuthorKind author_kind,
                                const std::string& author, Timestamp now, const std::string& note);

  Result<Revision> revision(Id revision_id);
  Result<Revision> revision_by_number(Id entry_id, int number);
  Result<std::vector<Revision>> revisions(Id entry_id);  // oldest first
  Result<std::string> bytes(const Revision& revision);
  Result<std::string> current_bytes(const Entry& entry);
  // A revision's text with the stored block ids.
  Result<entries::IdentifiedDocument> document(Id revision_id);
  Result<std::vector<BlockRecord>> blocks(Id revision_id);

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
