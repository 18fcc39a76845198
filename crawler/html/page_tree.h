#pragma once

#include <gumbo.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

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

// A set of HTML's elements, made at compile time.
class TagSet {
 public:
  constexpr TagSet(std::initializer_list<GumboTag> tags) {
    for (const GumboTag tag : tags) contains_[tag] = true;
  }
  constexpr bool contains(GumboTag tag) const { return contains_[tag]; }

 private:
  std::array<bool, GUMBO_TAG_LAST + 1> contains_{};
};

// 1 to 6 for h1 to h6, else 0.
int heading_level(GumboTag tag);

// Elements that begin and end a block of text.
bool is_block(GumboTag tag);

// Elements whose content is no text of the page: scripts, controls, embedded things.
bool is_non_text_element(GumboTag tag);

// The bytes of text below each node of a page, without white space and `dropped` nodes.
struct TextSizes {
  std::vector<std::uint32_t> text;    // all
  std::vector<std::uint32_t> linked;  // within links
  std::vector<std::uint32_t> prose;   // in long runs outside of links: sentences, no labels

  TextSizes(const PageTree& page, const std::vector<bool>& dropped);

  std::size_t unlinked(PageTree::Index node) const { return text[node] - linked[node]; }
};

// The most that parsing one page may cost.
struct HtmlLimits {
  std::size_t page_bytes = 64'000'000;
  std::size_t tree_bytes = 180'000'000;  // a 10 MB page of ordinary paragraphs takes 160 MB
  std::chrono::seconds time{15};
};

// Parses HTML of valid UTF-8, a page or a fragment, as browsers do (WHATWG HTML), but for what is
// nested deeper than people write (gumbo_input.h). limit where the page is larger, or its markup
// costs more.
Result<PageTree> parse_html(std::string html, const HtmlLimits& limits = {});

}  // namespace stubkeeper::crawler
