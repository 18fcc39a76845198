#include "crawler/html/page_tree.h"

#include <algorithm>
#include <chrono>
#include <cstring>

#include "crawler/html/nesting.h"
#include "crawler/html/plain_html.h"
#include "crawler/html/white_space.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t max_page_bytes = 64'000'000;
constexpr std::size_t max_tree_bytes = 180'000'000;
constexpr std::chrono::seconds max_time{15};

// In a function of its own, so that no local lives across setjmp. Null where the arena was used up.
GumboOutput* parse_into(ParseArena& arena, const char* html, std::size_t bytes) {
  if (setjmp(arena.exhausted) != 0) return nullptr;
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = ParseArena::allocate;
  options.deallocator = ParseArena::release;
  options.userdata = &arena;
  options.max_errors = 0;
  return gumbo_parse_with_options(&options, html, bytes);
}

const GumboVector* children_of(const GumboNode* node) {
  if (node->type == GUMBO_NODE_DOCUMENT) return &node->v.document.children;
  if (node->type == GUMBO_NODE_ELEMENT) return &node->v.element.children;
  return nullptr;
}

// gumbo_get_attribute() without regard for case: what stands in the tree is lower case already.
const GumboAttribute* find_attribute(const GumboElement* element, const char* name) {
  if (element == nullptr) return nullptr;
  const GumboVector& attributes = element->attributes;
  for (unsigned int i = 0; i < attributes.length; ++i) {
    const auto* attribute = static_cast<const GumboAttribute*>(attributes.data[i]);
    if (std::strcmp(attribute->name, name) == 0) return attribute;
  }
  return nullptr;
}

// A fair guess, so that the array of them is hardly ever copied: an element has two tags and a text on either
// side.
std::size_t estimate_node_count(std::string_view html) {
  constexpr std::ptrdiff_t max_estimate = 1'000'000;
  const std::ptrdiff_t tags = std::count(html.begin(), html.end(), '<');
  return static_cast<std::size_t>(std::min(tags + tags / 2, max_estimate)) + 10;
}

}  // namespace

Result<std::unique_ptr<PageTree>> PageTree::parse(std::string_view html) {
  if (html.size() > max_page_bytes) {
    return Error{ErrorCode::limit, "the page has " + std::to_string(html.size()) + " bytes", "",
                 "pages of up to " + std::to_string(max_page_bytes) + " bytes are read"};
  }
  std::unique_ptr<PageTree> tree{new PageTree};
  tree->html_ = limit_nesting(html);
  tree->arena_ = std::make_unique<ParseArena>(max_tree_bytes, max_time);
  STUBKEEPER_TRY(tree->build());
  return tree;
}

Result<std::unique_ptr<PageTree>> PageTree::parse_fragment(std::string_view html) {
  auto plain = parse_plain_html(html);
  if (!plain) return parse(html);
  std::unique_ptr<PageTree> tree{new PageTree};
  tree->text_ = std::move(plain->text);
  tree->nodes_ = std::move(plain->nodes);
  return tree;
}

Status PageTree::build() {
  const GumboOutput* output = parse_into(*arena_, html_.data(), html_.size());
  if (output == nullptr) {
    return Error{ErrorCode::limit, "the page's markup takes too much memory or time to read", "",
                 "look whether the address really leads to a page for people"};
  }
  flatten(output->document);
  return {};
}

void PageTree::flatten(const GumboNode* document) {
  struct Open {
    const GumboNode* node;
    Index index;
    unsigned int next_child;
  };
  std::vector<Open> open{{document, 0, 0}};
  nodes_.reserve(estimate_node_count(html_));
  nodes_.push_back({});
  while (!open.empty()) {
    Open& top = open.back();
    const GumboVector* children = children_of(top.node);
    if (top.next_child >= children->length) {
      nodes_[top.index].end = size();
      open.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(children->data[top.next_child++]);
    const Index index = size();
    if (child->type == GUMBO_NODE_ELEMENT) {
      nodes_.push_back({top.index, index + 1, &child->v.element, child->v.element.tag, {}});
      open.push_back({child, index, 0});
    } else if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_CDATA ||
               child->type == GUMBO_NODE_WHITESPACE) {
      nodes_.push_back({top.index, index + 1, nullptr, GUMBO_TAG_LAST, child->v.text.text});
    }
  }
}

std::string_view PageTree::attribute(Index node, const char* name) const {
  const GumboAttribute* found = find_attribute(nodes_[node].element, name);
  return found == nullptr ? std::string_view{} : std::string_view{found->value};
}

bool PageTree::has_attribute(Index node, const char* name) const {
  return find_attribute(nodes_[node].element, name) != nullptr;
}

std::string PageTree::text(Index node, std::size_t max_bytes) const {
  std::string text;
  for (Index i = node; i < nodes_[node].end && text.size() < max_bytes; ++i) {
    const GumboTag tag = nodes_[i].tag;
    if (i != node && (tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE)) {
      i = nodes_[i].end - 1;
    } else if (tag == GUMBO_TAG_BR) {
      text += ' ';
    } else {
      text += nodes_[i].text;
    }
  }
  return fold_white_space(text);
}

PageTree::Index PageTree::find(GumboTag tag, Index from) const {
  Index node = from;
  while (node < size() && nodes_[node].tag != tag) ++node;
  return node;
}

}  // namespace stubkeeper::crawler
