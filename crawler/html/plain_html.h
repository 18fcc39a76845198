#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// The tree of an HTML fragment, built without the HTML parser.
struct PlainHtml {
  std::unique_ptr<char[]> text;  // what the nodes' texts are views of, where they are not of the fragment
  std::vector<PageTree::Node> nodes;
};

// Reads HTML as editors write it, into a feed's items above all, in a small part of the time that the HTML
// parser takes. Elements are closed by their own end tags in the right order, or by what HTML lets close them
// (a paragraph by the next); table, row and cell stand within each other as they should. Of such a fragment
// the tree has the same texts in the same elements as the HTML parser's below its <body>, but no attributes;
// what stands in scripts, styles and frames is left out. Nothing for every other fragment: what the standard
// does with misnested, foreign, form and document markup is the HTML parser's business (WHATWG HTML §13.2.6).
// Nodes' texts may be views of `html`.
std::optional<PlainHtml> parse_plain_html(std::string_view html);

}  // namespace stubkeeper::crawler
