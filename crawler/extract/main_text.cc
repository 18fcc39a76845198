#include "crawler/extract/page_view.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "crawler/extract/blocks.h"
#include "crawler/extract/name_hints.h"
#include "crawler/extract/supplementary_sections.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

// Repetitions: a block equal to the one before it, and a longer one equal to any before it, except
// in a listing, whose items may be alike. Pages have some texts twice, for wide and for narrow
// screens, and replies in a forum quote.
void drop_repeated_blocks(std::vector<Block>& blocks, PageKind kind) {
  constexpr std::size_t min_bytes = 40;
  std::unordered_set<std::string> seen;
  std::vector<bool> dropped(blocks.size(), false);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    if (block.kind == Block::Kind::code || block.kind == Block::Kind::table_row) continue;
    const bool repeats_previous = i > 0 && blocks[i - 1].text == block.text;
    const bool already_seen =
        kind != PageKind::listing && block.text.size() >= min_bytes && !seen.insert(block.text).second;
    dropped[i] = repeats_previous || already_seen;
  }
  drop_up_to_share(blocks, dropped, 1);
}

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

// The main element, and the lists of news beside it.
std::vector<Block> extract_page_blocks(const PageView& view) {
  const Index root = find_main_element(view.page, view.sizes);
  std::vector<Index> elements = find_news_sections(view, root);
  elements.insert(std::upper_bound(elements.begin(), elements.end(), root), root);
  std::vector<Block> blocks;
  for (const Index element : elements) {
    auto found = extract_blocks(view.page, element, view.dropped);
    blocks.insert(blocks.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }
  return blocks;
}

}  // namespace

std::string extract_main_text(const PageView& view) {
  std::vector<Block> blocks = view.posts.empty() ? extract_page_blocks(view) : extract_post_blocks(view);
  // Before lists of links go, which leave their headings behind.
  if (view.kind != PageKind::forum) drop_supplementary_sections(blocks, view);
  if (view.kind != PageKind::listing) drop_link_lists(blocks, view.is_story);
  drop_control_labels(blocks);
  drop_repeated_blocks(blocks, view.kind);
  if (view.kind == PageKind::product) add_description(blocks, view.data.description);
  return blocks_to_text(blocks);
}

}  // namespace stubkeeper::crawler
