#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "entries/document.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {

// A line (0-based) on which a block begins.
struct BlockStart {
  std::size_t line = 0;
  BlockKind kind = BlockKind::paragraph;
  int heading_level = 0;
  int depth = 0;
};

// The starts of blocks in Markdown without front matter, in order, at most one a line. Structure is
// cmark-gfm's; lines that it has no node for (reference definitions, unused footnotes) begin blocks too. Blank
// lines are of no block. Lines nested deeper than a person writes are unparsed paragraphs: linear time.
std::vector<BlockStart> find_block_starts(std::string_view text, const std::vector<Line>& lines);

}  // namespace stubkeeper::entries
