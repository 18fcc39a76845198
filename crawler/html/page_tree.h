#pragma once

#include <gumbo.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crawler/html/parse_arena.h"

namespace stubkeeper::crawler {

// A page's elements and texts in document order, as one array: a node's descendants are the nodes behind it
// up to its `end`, so that everything about a page is a loop. Comments, templates and processing instructions
// are left out.
class PageTree {
 public:
  using Index = std::uint32_t;

  struct Node {
    Index parent = 0;
    Index end = 0;                          // one behind the last descendant
    const GumboElement* element = nullptr;  // null for text, and for all of a fragment's
    GumboTag tag = GUMBO_TAG_LAST;          // LAST for text, UNKNOWN for elements that HTML does not have
    std::string_view text;                  // of a text node
  };

  // Parses HTML of valid UTF-8. limit where the page takes more memory or time than a page may.
  static Result<std::unique_ptr<PageTree>> parse(std::string_view html);

  // The same for a fragment (a feed's item), where nobody asks for attributes: there are none. Views of
  // `html` may stay in the tree.
  static Result<std::unique_ptr<PageTree>> parse_fragment(std::string_view html);

  const std::vector<Node>& nodes() const { return nodes_; }
  Index size() const { return static_cast<Index>(nodes_.size()); }
  const Node& operator[](Index node) const { return nodes_[node]; }

  bool is_text(Index node) const { return nodes_[node].tag == GUMBO_TAG_LAST; }
  GumboTag tag(Index node) const { return nodes_[node].tag; }

  // The value of an attribute, "" where it is missing or empty. `name` is lower case.
  std::string_view attribute(Index node, const char* name) const;
  bool has_attribute(Index node, const char* name) const;

  // The text below a node, as it stands but for white space, which is folded. Scripts and styles are no text.
  // Reading stops behind the text node with which there are `max_bytes`.
  std::string text(Index node, std::size_t max_bytes = std::string::npos) const;

  // The first node with this tag, or size().
  Index find(GumboTag tag, Index from = 0) const;

 private:
  PageTree() = default;
  Status build();
  void flatten(const GumboNode* document);

  std::string html_;
  std::unique_ptr<char[]> text_;
  std::unique_ptr<ParseArena> arena_;
  std::vector<Node> nodes_;
};

}  // namespace stubkeeper::crawler
