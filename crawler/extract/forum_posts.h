#pragma once

#include <vector>

#include "crawler/extract/text_sizes.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// A post of a forum's thread, as nodes of its page; 0 for none.
struct ForumPost {
  PageTree::Index author = 0;
  PageTree::Index date = 0;
  PageTree::Index body = 0;
};

// The posts of a thread in order: the elements of one kind (tag and class) that have most of the
// page's prose, with the author and date beside each. Empty where there are fewer than two.
std::vector<ForumPost> find_forum_posts(const PageTree& page, const std::vector<bool>& dropped,
                                        const TextSizes& sizes);

}  // namespace stubkeeper::crawler
