#include "crawler/html/page_tree.h"

#include <algorithm>
#include <cstring>

#include "base/text/ascii.h"
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

int heading_level(GumboTag tag) {
  return tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6 ? tag - GUMBO_TAG_H1 + 1 : 0;
}

bool is_block(GumboTag tag) {
  static constexpr TagSet blocks{
      GUMBO_TAG_HTML,    GUMBO_TAG_BODY,     GUMBO_TAG_ARTICLE, GUMBO_TAG_SECTION,    GUMBO_TAG_NAV,
      GUMBO_TAG_ASIDE,   GUMBO_TAG_H1,       GUMBO_TAG_H2,      GUMBO_TAG_H3,         GUMBO_TAG_H4,
      GUMBO_TAG_H5,      GUMBO_TAG_H6,       GUMBO_TAG_HGROUP,  GUMBO_TAG_HEADER,     GUMBO_TAG_FOOTER,
      GUMBO_TAG_ADDRESS, GUMBO_TAG_P,        GUMBO_TAG_HR,      GUMBO_TAG_PRE,        GUMBO_TAG_BLOCKQUOTE,
      GUMBO_TAG_OL,      GUMBO_TAG_UL,       GUMBO_TAG_MENU,    GUMBO_TAG_LI,         GUMBO_TAG_DL,
      GUMBO_TAG_DT,      GUMBO_TAG_DD,       GUMBO_TAG_FIGURE,  GUMBO_TAG_FIGCAPTION, GUMBO_TAG_MAIN,
      GUMBO_TAG_DIV,     GUMBO_TAG_CENTER,   GUMBO_TAG_TABLE,   GUMBO_TAG_CAPTION,    GUMBO_TAG_TBODY,
      GUMBO_TAG_THEAD,   GUMBO_TAG_TFOOT,    GUMBO_TAG_TR,      GUMBO_TAG_TD,         GUMBO_TAG_TH,
      GUMBO_TAG_FORM,    GUMBO_TAG_FIELDSET, GUMBO_TAG_LEGEND,  GUMBO_TAG_DETAILS,    GUMBO_TAG_SUMMARY,
      GUMBO_TAG_BUTTON};
  return blocks.contains(tag);
}

bool is_non_text_element(GumboTag tag) {
  static constexpr TagSet elements{
      GUMBO_TAG_HEAD,     GUMBO_TAG_SCRIPT,   GUMBO_TAG_STYLE,    GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEMPLATE,
      GUMBO_TAG_IFRAME,   GUMBO_TAG_OBJECT,   GUMBO_TAG_EMBED,    GUMBO_TAG_APPLET,   GUMBO_TAG_VIDEO,
      GUMBO_TAG_AUDIO,    GUMBO_TAG_CANVAS,   GUMBO_TAG_MAP,      GUMBO_TAG_SVG,      GUMBO_TAG_SELECT,
      GUMBO_TAG_OPTION,   GUMBO_TAG_OPTGROUP, GUMBO_TAG_DATALIST, GUMBO_TAG_TEXTAREA, GUMBO_TAG_INPUT,
      GUMBO_TAG_PROGRESS, GUMBO_TAG_METER,    GUMBO_TAG_RP};
  return elements.contains(tag);
}

TextSizes::TextSizes(const PageTree& page, const std::vector<bool>& dropped)
    : text(page.size(), 0), linked(page.size(), 0), prose(page.size(), 0) {
  constexpr std::size_t min_prose_run = 60;
  PageTree::Index link_end = 0;
  PageTree::Index dropped_end = 0;
  for (PageTree::Index i = 0; i < page.size(); ++i) {
    if (dropped[i]) dropped_end = std::max(dropped_end, page[i].end);
    if (i < dropped_end) continue;
    if (page.tag(i) == GUMBO_TAG_A && page.has_attribute(i, "href"))
      link_end = std::max(link_end, page[i].end);
    if (!page.is_text(i)) continue;
    const std::string_view words = page[i].text;
    text[i] = static_cast<std::uint32_t>(
        std::count_if(words.begin(), words.end(), [](char c) { return !is_ascii_space(c); }));
    if (i < link_end) {
      linked[i] = text[i];
    } else if (text[i] >= min_prose_run) {
      prose[i] = text[i];
    }
  }
  for (PageTree::Index i = page.size(); i-- > 1;) {
    text[page[i].parent] += text[i];
    linked[page[i].parent] += linked[i];
    prose[page[i].parent] += prose[i];
  }
}

}  // namespace stubkeeper::crawler
