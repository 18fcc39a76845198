#pragma once

#include <cstddef>
#include <string>
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

// Where blocks begin in a Markdown text without front matter, in the order of lines, at most one a line.
// Block structure is cmark-gfm's; lines that it keeps no node for (reference definitions, unused footnotes)
// begin blocks too. Blank lines belong to no block. Lines nested deeper than any person writes are taken as
// paragraphs, unparsed, so that time stays linear in size.
std::vector<BlockStart> find_block_starts(std::string_view text, const std::vector<Line>& lines);

}  // namespace stubkeeper::entries
