#pragma once

#include <string_view>
#include <vector>

#include "entries/document.h"
#include "entries/word_diff.h"

namespace stubkeeper::entries {

// A block of one text or of both, with the difference of its words.
struct BlockDifference {
  enum class Kind { kept, changed, added, removed } kind = Kind::kept;
  BlockKind block_kind = BlockKind::paragraph;
  std::vector<WordRun> runs;  // one run for a block that is kept, added or removed
  bool operator==(const BlockDifference&) const = default;
};

// The stable name of a kind: "changed".
const char* block_difference_name(BlockDifference::Kind kind);

// The difference of two Markdown texts for reading: blocks are matched by carry_ids(), and words compared
// within a changed block. In the order of `after`; a removed block comes before the next one that stayed.
// Without blank blocks and final line ends.
std::vector<BlockDifference> block_diff(std::string_view before, std::string_view after);

// Word runs for reading: two changes with nothing but spaces and punctuation between them become one, removed
// before added. The kept and removed runs still make up the text before, the kept and added ones the text
// after.
std::vector<WordRun> merge_small_gaps(std::vector<WordRun> runs);

}  // namespace stubkeeper::entries
