#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "entries/document.h"

namespace stubkeeper::entries {

// A block that a page opens and never closes, so that it holds all that comes after.
struct UnclosedBlock {
  std::string name;            // for people: "code fence", "comment"
  std::size_t begin = 0;       // byte
  std::size_t first_line = 1;  // 1-based, in the page
};

// The first one of a page: a code fence, an HTML block that ends by a mark of its own (CommonMark 4.6, kinds 1
// to 5; a comment is one), or a shortcode (find_unclosed_shortcode()). A fence in a list item or a quote ends
// with that.
std::optional<UnclosedBlock> find_unclosed_block(const Document& document);

}  // namespace stubkeeper::entries
