#include "crawler/html/page_view.h"

#include "crawler/extract/boilerplate.h"

namespace stubkeeper::crawler {

PageView::PageView(const PageTree& tree, std::string_view page_address)
    : page(tree),
      address(page_address),
      data(parse_structured_data(tree)),
      kind(classify_page(tree, data, page_address)),
      dropped(mark_boilerplate(tree, kind)),
      sizes(tree, dropped) {
  if (kind == PageKind::forum) posts = find_forum_posts(page, dropped, sizes);
}

}  // namespace stubkeeper::crawler
