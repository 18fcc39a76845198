#pragma once

#include <vector>

#include "crawler/extract/blocks.h"
#include "crawler/extract/page_view.h"

namespace stubkeeper::crawler {

// Filters that drop blocks which are no part of a page's text, and keep the order of the others. Each keeps
// what would be a large part of the text.

// Lists of links beside a text (related pages, other threads, categories). A site's list of its own news stays,
// but for a story's page.
void drop_link_lists(std::vector<Block>& blocks, bool is_story);

// Sections under a heading such as "Related articles" or "Leave a reply", and buyers' reviews beside a product. A
// section ends at the next heading of its level or a higher one, and where the text goes on: at a paragraph of
// prose with few links that stands where the text before the section stood. A heading of related pages right
// above such a paragraph is one of the text's own. "Latest news" stays where it is the site's own.
void drop_supplementary_sections(std::vector<Block>& blocks, const PageView& view);

// Labels of controls ("Add to cart", "Read more").
void drop_control_labels(std::vector<Block>& blocks);

// Removes the blocks for which `dropped` is set, unless they are more than this share of the text.
void drop_up_to_share(std::vector<Block>& blocks, const std::vector<bool>& dropped, double max_share);

bool is_prose(const Block& block);  // a paragraph or a list item

}  // namespace stubkeeper::crawler
