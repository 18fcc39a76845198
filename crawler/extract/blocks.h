#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// A block of text as a page shows it.
struct Block {
  enum class Kind { heading, paragraph, list_item, table_row, code };
  Kind kind = Kind::paragraph;
  int level = 0;               // of a heading, 1 to 6
  std::string text;            // without the mark of its kind
  PageTree::Index node = 0;    // the block's element, or its first text where it has none of its own
  std::size_t link_bytes = 0;  // how much of the text is links
};

// The blocks below `root`, in order. Nodes for which `dropped` is set are passed over with all that they
// hold; it has an element for each node of the tree.
std::vector<Block> extract_blocks(const PageTree& tree, PageTree::Index root, const std::vector<bool>& dropped);

// Content::text of blocks: each with the mark of its kind, an empty line between them.
std::string blocks_to_text(const std::vector<Block>& blocks);

// All text of a tree as Content::text: scripts and controls are left out, nothing else.
std::string tree_to_text(const PageTree& tree);

// All text of an HTML fragment (a feed item's, a summary's), as tree_to_text() gives it. Where the
// markup cannot be read, the text as it stands.
std::string html_to_text(std::string_view html);

}  // namespace stubkeeper::crawler
