#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/records.h"
#include "kb/store/store.h"

namespace stubkeeper::kb {

// A change that was approved and is approved no more, and the decision that took it back.
struct UndoneChange {
  Id change_id = 0;
  Decision undo;
};

// Where a block of an entry's current revision comes from.
struct Provenance {
  std::size_t first_line = 0;  // 1-based, in the current revision
  std::size_t last_line = 0;
  std::string text;
  std::string block_id;
  std::string block_kind;
  std::string part;  // the heading of level 2 above it
  Revision origin;   // the revision that gave the block this text
  // The changes approved in that revision, with their quotes; empty: a person wrote it, it was imported ("no
  // recorded source"), or the approval was taken back.
  std::vector<Change> changes;
  std::vector<Decision> decisions;
  // Approved in that revision, and taken back since: the block came along with them, as sources and dates do,
  // and has stayed.
  std::vector<UndoneChange> undone_changes;
};

// Whether the text of some decisions' changes is a person's own: an edit that was undone before the proposed
// text was approved is none.
bool has_reviewer_edit(const std::vector<Decision>& decisions);

// The provenance of the block that holds a 1-based line of the entry's current revision, or of all blocks
// that are not blank (line 0). not_found beyond the last line.
Result<std::vector<Provenance>> find_provenance(Store& store, Id entry_id, std::size_t line);

// Words of a block: within it, where they neither begin nor end in the middle of a longer word or number; or
// a whole line of it, but for the white space around.
struct WordQuery {
  std::string_view text;  // not empty
  bool is_line = false;
};

// The revision that brought some words into an entry: they have stood in this block of its current revision,
// and in its forerunners, ever since. The whole block may be younger: other words of it were changed later.
// Words that were taken out and came back without an approved change (undo, revert, a person's edit), or were
// moved to another block, keep the origin that they had; `in_place_since` is then the revision that put them
// where they stand. not_found where the block does not hold the words.
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
