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

// The revision that brought some words into a block of an entry's current revision, and which have stood
// there in each revision since; with its changes as above. The whole block may be younger: other words of it
// were changed later. not_found where the block does not hold the words.
struct WordsOrigin {
  Revision revision;
  std::vector<Change> changes;
  std::vector<Decision> decisions;
};
Result<WordsOrigin> origin_of_words(Store& store, Id entry_id, const std::string& block_id,
                                    std::string_view words);

}  // namespace stubkeeper::kb
