#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entries/document.h"

namespace stubkeeper::entries {

// A `ref` or `relref` shortcode in a page.
struct Relref {
  std::string target;   // as written, without its quotes
  ByteRange target_range;  // the bytes of the target
  std::size_t line = 0;
};

// All of a page's, in order. Escaped ones ({{</* relref "x" */>}}) and those in steering blocks and front
// matter are text and left out.
std::vector<Relref> find_relrefs(const Document& document);

}  // namespace stubkeeper::entries
