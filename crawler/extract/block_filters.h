#pragma once

#include <vector>

#include "crawler/extract/blocks.h"
#include "crawler/extract/page_kind.h"

namespace stubkeeper::crawler {

// What is left out of a text block by block, once it is known which blocks there are. Each takes the blocks
// in their order on the page and keeps it.

// Lists of links (related pages, other threads, categories) beside a text are no part of it; where a page is
// mostly lists of links, they are what it is for, and stay.
void drop_link_lists(std::vector<Block>& blocks);

// Sections whose heading says that they are no part of the text ("Related articles", "Leave a reply"), up to
// the next heading of their level or above; buyers' reviews beside what is sold. Stay where they hold a large
// part of the text.
void drop_supplementary_sections(std::vector<Block>& blocks, PageKind kind);

// Blocks that are nothing but the label of a control ("Add to cart", "Read more").
void drop_control_labels(std::vector<Block>& blocks);

// What was said before: a block equal to the one before it, and a longer one equal to any before it but in a
// listing, whose items may be alike. Pages hold some text twice, once for wide and once for narrow screens,
// and a forum's replies quote what they reply to.
void drop_repeated_blocks(std::vector<Block>& blocks, PageKind kind);

}  // namespace stubkeeper::crawler
