#pragma once

#include <gumbo.h>

#include <memory>
#include <string>
#include <vector>

#include "crawler/html/page_tree.h"

// The tree that gumbo alone makes of a small page: what parse_html() is compared with.
inline stubkeeper::crawler::PageTree parse_with_gumbo_alone(const std::string& html) {
  using stubkeeper::crawler::PageTree;
  const std::shared_ptr<GumboOutput> output{
      gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size()),
      [](GumboOutput* parsed) { gumbo_destroy_output(&kGumboDefaultOptions, parsed); }};
  struct Flattener {
    std::vector<PageTree::Node> nodes{{}};
    void add(const GumboVector& children, PageTree::Index parent) {
      for (unsigned i = 0; i < children.length; ++i) {
        const auto* child = static_cast<const GumboNode*>(children.data[i]);
        const auto index = static_cast<PageTree::Index>(nodes.size());
        if (child->type == GUMBO_NODE_ELEMENT) {
          nodes.push_back({parent, 0, &child->v.element, child->v.element.tag, {}});
          add(child->v.element.children, index);
        } else if (child->type != GUMBO_NODE_COMMENT && child->type != GUMBO_NODE_TEMPLATE) {
          nodes.push_back({parent, 0, nullptr, GUMBO_TAG_LAST, child->v.text.text});
        }
        if (index < nodes.size()) nodes[index].end = static_cast<PageTree::Index>(nodes.size());
      }
      if (parent == 0) nodes[0].end = static_cast<PageTree::Index>(nodes.size());
    }
  } flattener;
  flattener.add(output->document->v.document.children, 0);
  return PageTree{std::move(flattener.nodes), output};
}
