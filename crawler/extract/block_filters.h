#pragma once

#include <vector>

#include "crawler/extract/blocks.h"
#include "crawler/extract/page_kind.h"

namespace stubkeeper::crawler {

// Filters that drop blocks which are no part of a page's text, and keep the order of the others.

// Lists of links beside a text (related pages, other threads, categories). Where a page is mostly
// such lists, they stay.
void drop_link_lists(std::vector<Block>& blocks);

// Sections under a heading such as "Related articles" or "Leave a reply", up to the next heading of
// the same or a higher level; buyers' reviews beside a product. They stay where they are a large
// part of the text.
void drop_supplementary_sections(std::vector<Block>& blocks, PageKind kind);

// Labels of controls ("Add to cart", "Read more").
void drop_control_labels(std::vector<Block>& blocks);

// Repetitions: a block equal to the one before it, and a longer one equal to any before it, except
// in a listing, whose items may be alike. Pages have some texts twice, for wide and for narrow
// screens, and replies in a forum quote.
void drop_repeated_blocks(std::vector<Block>& blocks, PageKind kind);

}  // namespace stubkeeper::crawler
