#include "crawler/extract/main_text.h"

#include <algorithm>
#include <unordered_set>

#include "crawler/extract/block_filters.h"
#include "crawler/extract/blocks.h"
#include "crawler/extract/name_hints.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

// The element that holds the main text: an <article> or <main> with most of it, else the smallest
// with nearly all.
Index find_main_element(const PageTree& page, const TextSizes& sizes) {
  Index root = std::min(page.find(GUMBO_TAG_BODY), page.size() - 1);
  if (page.tag(root) != GUMBO_TAG_BODY) root = 0;
  const auto share = [&](Index node, Index of) {
    return static_cast<double>(sizes.unlinked(node)) /
           static_cast<double>(std::max<std::size_t>(sizes.unlinked(of), 1));
  };
  // On a page of links alone, the words beside them are no text to narrow down to.
  constexpr std::size_t min_text = 100;
  const Index body = root;
  for (Index i = body; i < page[body].end; ++i) {
    const bool is_main_element = page.tag(i) == GUMBO_TAG_MAIN || page.tag(i) == GUMBO_TAG_ARTICLE ||
                                 page.attribute(i, "role") == "main";
    if (is_main_element && share(i, body) > 0.5 && share(i, root) > 0.5) root = i;
  }
  for (bool descended = true; descended;) {
    descended = false;
    for (Index child = root + 1; child < page[root].end; child = page[child].end) {
      if (!page.is_text(child) && sizes.unlinked(child) > min_text && share(child, root) > 0.9) {
        root = child;
        descended = true;
        break;
      }
    }
  }
  return root;
}

// The description in JSON-LD alone, of a product's page that is drawn by script.
void add_description(std::vector<Block>& blocks, const std::string& description) {
  constexpr std::size_t min_bytes = 100;
  if (description.size() < min_bytes) return;
  std::unordered_set<std::string> seen_words;
  for (const Block& block : blocks) {
    for (std::string& word : split_name_words(block.text)) seen_words.insert(std::move(word));
  }
  const std::vector<std::string> words = split_name_words(description);
  const auto known = static_cast<std::size_t>(std::count_if(
      words.begin(), words.end(), [&](const std::string& word) { return seen_words.contains(word); }));
  if (10 * known >= 8 * words.size()) return;
  for (std::size_t begin = 0; begin < description.size();) {
    const std::size_t end = std::min(description.find("\n\n", begin), description.size());
    blocks.push_back({Block::Kind::paragraph, 0, description.substr(begin, end - begin), 0, 0});
    begin = end + 2;
  }
}

// A thread as its posts: who, when, what.
std::vector<Block> extract_post_blocks(const PageView& view) {
  std::vector<Block> blocks;
  for (const ForumPost& post : view.posts) {
    for (const Index line : {post.author, post.date}) {
      if (line != 0) blocks.push_back({Block::Kind::paragraph, 0, view.page.text(line), line, 0});
    }
    for (Block& block : extract_blocks(view.page, post.body, view.dropped))
      blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace

std::string extract_main_text(const PageView& view) {
  std::vector<Block> blocks =
      view.posts.empty() ? extract_blocks(view.page, find_main_element(view.page, view.sizes), view.dropped)
                         : extract_post_blocks(view);
  if (view.kind != PageKind::listing) drop_link_lists(blocks);
  if (view.kind != PageKind::forum) drop_supplementary_sections(blocks, view.kind);
  drop_control_labels(blocks);
  drop_repeated_blocks(blocks, view.kind);
  if (view.kind == PageKind::product) add_description(blocks, view.data.description);
  return blocks_to_text(blocks);
}

}  // namespace stubkeeper::crawler
