#include "crawler/read/main_text.h"

#include "crawler/read/block_filters.h"
#include "crawler/read/blocks.h"
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

// What a product's page says of it in JSON-LD alone, because it draws itself by script.
void add_description(std::vector<Block>& blocks, const std::string& description) {
  constexpr std::size_t least_bytes = 100;
  constexpr std::size_t bytes_to_compare = 40;
  if (description.size() < least_bytes) return;
  const std::string beginning = description.substr(0, description.find("\n"));
  for (const Block& block : blocks) {
    if (block.text.find(beginning.substr(0, bytes_to_compare)) != std::string::npos) return;
  }
  for (std::size_t begin = 0; begin < description.size();) {
    const std::size_t end = std::min(description.find("\n\n", begin), description.size());
    blocks.push_back({Block::Kind::paragraph, 0, description.substr(begin, end - begin), 0, 0});
    begin = end + 2;
  }
}

}  // namespace

std::string main_text(const PageTree& page, PageKind kind, const std::vector<bool>& dropped,
                      const StructuredData& data) {
  const TextSizes sizes{page, dropped};
  std::vector<Block> blocks = blocks_below(page, root_of(page, sizes), dropped);
  if (kind != PageKind::listing) drop_lists_of_links(blocks);
  if (kind != PageKind::forum) drop_sections_beside_the_text(blocks);
  drop_labels(blocks);
  drop_repetitions(blocks);
  if (kind == PageKind::product) add_description(blocks, data.description);
  return text_of_blocks(blocks);
}

}  // namespace stubkeeper::crawler
