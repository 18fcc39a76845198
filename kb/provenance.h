#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/records.h"
#include "kb/store.h"

namespace stubkeeper::kb {

// Where a block of an entry's current revision comes from.
struct Provenance {
  std::size_t first_line = 0;  // 1-based, in the current revision
  std::size_t last_line = 0;
  std::string text;
  std::string block_id;
  std::string block_kind;
  std::string part;  // the heading of level 2 above it
  Revision origin;   // the revision that gave the block this text
  // The changes approved in that revision that touched this block, with their quotes; empty: a person wrote
  // it, or it was imported
  // ("no recorded source").
  std::vector<Change> changes;
  std::vector<Decision> decisions;
};

// The provenance of the block that holds a 1-based line of the entry's current revision, or of all blocks
// that are not blank (line 0). not_found beyond the last line.
Result<std::vector<Provenance>> why(Store& store, Id entry_id, std::size_t line);

// Words of a block: within it, where they neither begin nor end in the middle of a longer word or number; or
// a whole line of it, but for the white space around.
struct SoughtWords {
  std::string_view text;  // not empty
  bool is_line = false;
};

// The revision that brought some words into an entry: they have stood in this block of its current revision,
// and in its forerunners, ever since. The whole block may be younger: other words of it were changed later.
// Words that were taken out and came back without an approved change (undo, revert, a person's edit), or were
// moved to another block, keep the origin that they had; `here_since` is then the revision that put them
// where they stand. not_found where the block does not hold the words.
struct WordsOrigin {
  Revision revision;
  std::vector<Change> changes;  // approved in that revision, as above
  std::vector<Decision> decisions;
  std::optional<Revision> here_since;
};
Result<WordsOrigin> origin_of_words(Store& store, Id entry_id, const std::string& block_id,
                                    const SoughtWords& words);

}  // namespace stubkeeper::kb
