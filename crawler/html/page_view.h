#pragma once

#include <string_view>
#include <vector>

#include "crawler/extract/forum_posts.h"
#include "crawler/extract/page_kind.h"
#include "crawler/extract/structured_data.h"
#include "crawler/html/page_tree.h"
#include "crawler/pdf/text_sizes.h"

namespace stubkeeper::crawler {

// A page with what was found out about it once, for all who read it. Refers to the tree and the address that
// it was made of; both must outlive it.
struct PageView {
  PageView(const PageTree& tree, std::string_view page_address);

  const PageTree& page;
  std::string_view address;  // where the page came from; may be empty
  StructuredData data;
  PageKind kind;
  std::vector<bool> dropped;     // as mark_boilerplate() says
  TextSizes sizes;               // of what is not dropped
  std::vector<ForumPost> posts;  // of a forum's page; else none
};

}  // namespace stubkeeper::crawler
