#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// A block of a page's text.
struct Block {
  enum class Kind { heading, paragraph, list_item, table_row, code };
  Kind kind = Kind::paragraph;
  int level = 0;               // of a heading, 1 to 6
  std::string text;            // without "# ", "- " or "| "
  PageTree::Index node = 0;    // its element, or its first text where it has no element of its own
  std::size_t link_bytes = 0;  // of the text, within links
};

// The blocks below `root`, in order. Nodes for which `dropped` (one element for each node of the
// tree) is set are skipped with all that is below them.
std::vector<Block> extract_blocks(const PageTree& tree, PageTree::Index root,
                                  const std::vector<bool>& dropped);

// Blocks as Content::text.
std::string blocks_to_text(const std::vector<Block>& blocks);

// All text of a tree but scripts and controls, as Content::text.
std::string tree_to_text(const PageTree& tree);

// The same of an HTML fragment (an item of a feed, a summary); the source text where its markup is
// beyond the limits of parse_html().
std::string html_to_text(std::string_view html);

// Plain text as Content::text: paragraphs, each on one line.
std::string fold_paragraphs(std::string_view text);

}  // namespace stubkeeper::crawler
