#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// The bytes of text below each node of a page, without white space and `dropped` nodes.
struct TextSizes {
  std::vector<std::uint32_t> text;    // all
  std::vector<std::uint32_t> linked;  // within links
  std::vector<std::uint32_t> prose;   // in long runs outside of links: sentences, no labels

  TextSizes(const PageTree& page, const std::vector<bool>& dropped);

  std::size_t unlinked(PageTree::Index node) const { return text[node] - linked[node]; }
  // 0 to 1; 0 without text.
  double link_density(PageTree::Index node) const;
};

}  // namespace stubkeeper::crawler
