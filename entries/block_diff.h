#pragma once

#include <string_view>
#include <vector>

#include "entries/document.h"
#include "entries/word_diff.h"

namespace stubkeeper::entries {

// A block of one text or of both, with what became of its words.
struct BlockDifference {
  enum class Kind { kept, changed, added, removed } kind = Kind::kept;
  BlockKind block_kind = BlockKind::paragraph;
  std::vector<WordRun> runs;  // one run for a block that is kept, added or removed
  bool operator==(const BlockDifference&) const = default;
};
// The stable name of a kind: "changed".
const char* block_difference_name(BlockDifference::Kind kind);

// The difference of two Markdown texts for a person to read: which block became which is decided for each
// block as a whole (entries::carry_ids), and only within a block that changed are words compared. Blocks
// stand in the order of `after`, each that is gone before the next one that stayed. Blank blocks are left
// out, and blocks come without the line end behind them. A pure function.
std::vector<BlockDifference> block_diff(std::string_view before, std::string_view after);

// Word runs as they are pleasant to read: where nothing but spaces and punctuation is kept between two
// changes, they become one change; of each change, what is removed stands before what is added. The kept and
// removed runs still make up the text before, the kept and added ones the text after.
std::vector<WordRun> merge_small_gaps(std::vector<WordRun> runs);

}  // namespace stubkeeper::entries
