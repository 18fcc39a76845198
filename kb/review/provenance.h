#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/review/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// An approved change that was undone, and the decision that undid it.
struct UndoneChange {
  Id change_id = 0;
  Decision undo;
};

// The origin of a block of an entry's current revision.
struct Provenance {
  std::size_t first_line = 0;  // 1-based, in the current revision
  std::size_t last_line = 0;
  std::string text;
  std::string block_id;
  std::string block_kind;
  std::string part;  // the heading of level 2 above it
  Revision origin;   // the revision that gave the block this text
  // Approved in that revision, with their quotes; empty where a person wrote the text, it was
  // imported, or the approval was undone.
  std::vector<Change> changes;
  std::vector<Decision> decisions;
  // Approved in that revision and undone since: the block came with them, as sources and dates do,
  // and stayed.
  std::vector<UndoneChange> undone_changes;
};

// Whether the last decision on any of the changes is an edit, so that the text is a person's own.
bool has_reviewer_edit(const std::vector<Decision>& decisions);

// The provenance of the block at a 1-based line of the entry's current revision, or of all blocks
// that are not blank (line 0). not_found beyond the last line.
Result<std::vector<Provenance>> find_provenance(Store& store, Id entry_id, std::size_t line);

// Words to be found in a block, not inside a longer word or number; or a whole line, trimmed.
struct WordQuery {
  std::string_view text;  // not empty
  bool is_line = false;
};

// The revision since which some words have been in a block and its predecessors. The block may be
// younger. Words that were taken out and came back without an approved change (undo, revert, a
// person's edit), or were moved to another block, keep their origin; `in_place_since` is then the
// revision that put them in place. not_found where the block does not have the words.
struct WordsOrigin {
  Revision revision;
  std::vector<Change> changes;  // approved in that revision, as above
  std::vector<Decision> decisions;
  std::vector<UndoneChange> undone_changes;
  std::optional<Revision> in_place_since;
};
Result<WordsOrigin> find_words_origin(Store& store, Id entry_id, const std::string& block_id,
                                      const WordQuery& words);

}  // namespace stubkeeper::kb
