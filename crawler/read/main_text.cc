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
  // On a page of links alone, the words beside them are no text to narrow down to.
  constexpr std::size_t least_text = 100;
  const Index body = root;
  for (Index i = body; i < page[body].end; ++i) {
    const bool semantic = page.tag(i) == GUMBO_TAG_MAIN || page.tag(i) == GUMBO_TAG_ARTICLE ||
                          page.attribute(i, "role") == "main";
    if (semantic && share(i, body) > 0.5 && share(i, root) > 0.5) root = i;
  }
  for (bool deeper = true; deeper;) {
    deeper = false;
    for (Index child = root + 1; child < page[root].end; child = page[child].end) {
      if (!page.is_text(child) && sizes.unlinked(child) > least_text && share(child, root) > 0.9) {
        root = child;
        deeper = true;
        break;
      }
    }
  }
  return root;
}

// Lists of links (related pages, other threads, categories) beside a text are no part of it; where a page is
// mostly lists of links, they are what it is for.
void drop_lists_of_links(std::vector<Block>& blocks) {
  constexpr std::size_t least_run = 6;
  constexpr double most_share = 0.4;
  const auto is_link = [](const Block& block) {
    return (block.kind == Block::Kind::list_item || block.kind == Block::Kind::paragraph) &&
           block.text.size() < 120 &&
           static_cast<double>(block.link_bytes) >= 0.8 * static_cast<double>(block.text.size());
  };
  std::vector<bool> dropped(blocks.size(), false);
  std::size_t all_bytes = 0;
  std::size_t dropped_bytes = 0;
  for (std::size_t i = 0; i < blocks.size();) {
    std::size_t end = i;
    while (end < blocks.size() && is_link(blocks[end])) ++end;
    for (std::size_t j = i; j < std::max(end, i + 1); ++j) {
      all_bytes += blocks[j].text.size();
      if (end - i < least_run) continue;
      dropped[j] = true;
      dropped_bytes += blocks[j].text.size();
    }
    i = std::max(end, i + 1);
  }
  if (static_cast<double>(dropped_bytes) > most_share * static_cast<double>(all_bytes)) return;
  std::vector<Block> kept;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (!dropped[i]) kept.push_back(std::move(blocks[i]));
  }
  blocks = std::move(kept);
}

}  // namespace

std::string main_text(const PageTree& page) {
  const std::vector<bool> dropped = boilerplate_of(page);
  const TextSizes sizes{page, dropped};
  std::vector<Block> blocks = blocks_below(page, root_of(page, sizes), dropped);
  drop_lists_of_links(blocks);
  return text_of_blocks(blocks);
}

}  // namespace stubkeeper::crawler
