#pragma once

#include <vector>

#include "crawler/html/page_tree.h"
#include "crawler/pdf/text_sizes.h"

namespace stubkeeper::crawler {

// A post of a thread, as nodes of its page; 0 where there is none.
struct ForumPost {
  PageTree::Index author = 0;
  PageTree::Index date = 0;
  PageTree::Index body = 0;
};

// The posts of a thread, in order: the elements of one kind (the same tag and class) that hold most of the
// page's prose, with the author and the date that stand with each. Empty where no kind of elements does, or
// there are fewer than two.
std::vector<ForumPost> find_forum_posts(const PageTree& page, const std::vector<bool>& dropped,
                                   const TextSizes& sizes);

}  // namespace stubkeeper::crawler
