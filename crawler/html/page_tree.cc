#include "crawler/html/page_tree.h"

#include <cstring>

#include "crawler/html/fold_text.h"

namespace stubkeeper::crawler {
namespace {

// gumbo_get_attribute() without folding case: names in the tree are lower case already.
const GumboAttribute* find_attribute(const GumboElement* element, const char* name) {
  if (element == nullptr) return nullptr;
  const GumboVector& attributes = element->attributes;
  for (unsigned int i = 0; i < attributes.length; ++i) {
    const auto* attribute = static_cast<const GumboAttribute*>(attributes.data[i]);
    if (std::strcmp(attribute->name, name) == 0) return attribute;
  }
  return nullptr;
}

}  // namespace

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
