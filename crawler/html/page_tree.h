#pragma once

#include <gumbo.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stubkeeper::crawler {

// An HTML page's elements and texts, as one array in document order. The descendants of a node are
// the nodes after it up to its `end`, so that everything about a page is a loop. Comments,
// templates and processing instructions are left out.
class PageTree {
 public:
  using Index = std::uint32_t;

  struct Node {
    Index parent = 0;
    Index end = 0;                          // one after the last descendant
    const GumboElement* element = nullptr;  // null for text
    GumboTag tag = GUMBO_TAG_LAST;          // LAST for text, UNKNOWN for elements that HTML does not have
    std::string_view text;                  // of a text node
  };

  // `storage` is what the nodes are views of.
  PageTree(std::vector<Node> nodes, std::shared_ptr<const void> storage)
      : nodes_(std::move(nodes)), storage_(std::move(storage)) {}

  const std::vector<Node>& nodes() const { return nodes_; }
  Index size() const { return static_cast<Index>(nodes_.size()); }
  const Node& operator[](Index node) const { return nodes_[node]; }

  bool is_text(Index node) const { return nodes_[node].tag == GUMBO_TAG_LAST; }
  GumboTag tag(Index node) const { return nodes_[node].tag; }

  // "" where it is missing or empty. `name` is in lower case.
  std::string_view attribute(Index node, const char* name) const;
  bool has_attribute(Index node, const char* name) const;

  // The text below a node with folded white space, without scripts and styles. Ends with the text
  // node with which there are `max_bytes`.
  std::string text(Index node, std::size_t max_bytes = std::string::npos) const;

  // The first node with this tag, or size().
  Index find(GumboTag tag, Index from = 0) const;

 private:
  std::vector<Node> nodes_;
  std::shared_ptr<const void> storage_;
};

}  // namespace stubkeeper::crawler
