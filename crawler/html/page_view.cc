#include "crawler/html/page_view.h"

#include "crawler/extract/boilerplate.h"

namespace stubkeeper::crawler {

PageView::PageView(const PageTree& tree, std::string_view its_address)
    : page(tree),
      address(its_address),
      data(structured_data_of(tree)),
      kind(page_kind_of(tree, data, its_address)),
      dropped(boilerplate_of(tree, kind)),
      sizes(tree, dropped) {
  if (kind == PageKind::forum) posts = forum_posts(page, dropped, sizes);
}

}  // namespace stubkeeper::crawler
