#pragma once

#include <string_view>
#include <vector>

#include "crawler/extract/forum_posts.h"
#include "crawler/extract/page_kind.h"
#include "crawler/extract/structured_data.h"
#include "crawler/extract/text_sizes.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// A page with everything that extraction computes once for it. Refers to the tree and the address,
// which must outlive it.
struct PageView {
  PageView(const PageTree& tree, std::string_view page_address);

  const PageTree& page;
  std::string_view address;  // of the page; may be empty
  StructuredData data;
  PageKind kind;
  std::vector<bool> dropped;     // by mark_boilerplate()
  TextSizes sizes;               // of what is not dropped
  std::vector<ForumPost> posts;  // of a forum's page; else none
};

}  // namespace stubkeeper::crawler
