#include "crawler/read/main_text.h"

#include "crawler/read/blocks.h"
#include "crawler/read/boilerplate.h"
#include "crawler/read/text_sizes.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

// The element that holds the main text: an <article> or <main> with most of it, else the smallest with nearly
// all.
Index root_of(const PageTree& page, const TextSizes& sizes) {
  Index root = std::min(page.find(GUMBO_TAG_BODY), page.size() - 1);
  if (page.tag(root) != GUMBO_TAG_BODY) root = 0;
  const auto share = [&](Index node, Index of) {
    return static_cast<double>(sizes.unlinked(node)) /
           static_cast<double>(std::max<std::size_t>(sizes.unlinked(of), 1));
  };
  const Index body = root;
  for (Index i = body; i < page[body].end; ++i) {
    const bool semantic = page.tag(i) == GUMBO_TAG_MAIN || page.tag(i) == GUMBO_TAG_ARTICLE ||
                          page.attribute(i, "role") == "main";
    if (semantic && share(i, body) > 0.5 && share(i, root) > 0.5) root = i;
  }
  for (bool deeper = true; deeper;) {
    deeper = false;
    for (Index child = root + 1; child < page[root].end; child = page[child].end) {
      if (!page.is_text(child) && share(child, root) > 0.9) {
        root = child;
        deeper = true;
        break;
      }
    }
  }
  return root;
}

}  // namespace

std::string main_text(const PageTree& page) {
  const std::vector<bool> dropped = boilerplate_of(page);
  const TextSizes sizes{page, dropped};
  return text_of_blocks(blocks_below(page, root_of(page, sizes), dropped));
}

}  // namespace stubkeeper::crawler
