#pragma once

#include <string_view>
#include <vector>

#include "crawler/extract/blocks.h"
#include "crawler/extract/page_view.h"

namespace stubkeeper::crawler {

// Filters that drop blocks which are no part of a page's text, and keep the order of the others. Each keeps
// what would be a large part of the text.

// Whether a heading stands above a list of a site's own news: "Latest news" (schema/heading_phrases.txt).
bool is_news_heading(std::string_view heading);

// Lists of links beside a text (related pages, other threads, categories). A site's list of its own news stays,
// but for a story's page.
void drop_link_lists(std::vector<Block>& blocks, bool is_story);

// Sections under a heading such as "Related articles" or "Leave a reply", up to the next heading of the same or
// a higher level; buyers' reviews beside a product. "Latest news" stays where it is the site's own.
void drop_supplementary_sections(std::vector<Block>& blocks, const PageView& view);

// Labels of controls ("Add to cart", "Read more").
void drop_control_labels(std::vector<Block>& blocks);

// Removes the blocks for which `dropped` is set, unless they are more than this share of the text.
void drop_up_to_share(std::vector<Block>& blocks, const std::vector<bool>& dropped, double max_share);

bool is_prose(const Block& block);  // a paragraph or a list item

}  // namespace stubkeeper::crawler
