#pragma once

#include <cmark-gfm.h>

#include <memory>
#include <string_view>

namespace stubkeeper::entries {

// cmark-gfm's tree of a text, with GFM tables and footnotes. For the files of this folder alone.
struct FreeCmarkNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using CmarkTree = std::unique_ptr<cmark_node, FreeCmarkNode>;
CmarkTree parse_with_cmark(std::string_view text);

// Whether a line begins with more block quote and list markers than a person writes: cmark would take quadratic
// time.
bool is_nested_too_deep(std::string_view line);

}  // namespace stubkeeper::entries
