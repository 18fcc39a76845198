#include "crawler/extract/parts_of_others.h"

#include <algorithm>

#include "crawler/extract/name_hints.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

bool is_comment(const PageTree& page, Index node, const std::vector<bool>& dropped, PageKind kind) {
  if (page.attribute(node, "itemtype").ends_with("/Comment") ||
      page.attribute(node, "itemtype").ends_with("/UserComments"))
    return true;
  if (kind == PageKind::forum || !dropped[node]) return false;
  return classify_names(page.attribute(node, "class"), page.attribute(node, "id")) == NameHint::comments;
}

bool leads_to_other_pages(const PageTree& page, Index node, const std::vector<bool>& dropped) {
  return dropped[node] &&
         has_name_word(page, node, {"class", "id"},
                       {"related", "recommended", "recommendations", "recommend", "trending", "popular"});
}

// The <article> with the page's only <h1>; 0 where there is none such.
Index find_own_article(const PageTree& page) {
  const Index heading = page.find(GUMBO_TAG_H1);
  if (heading == page.size() || page.find(GUMBO_TAG_H1, heading + 1) < page.size()) return 0;
  Index own = 0;
  for (Index i = page[heading].parent; i != 0; i = page[i].parent)
    if (page.tag(i) == GUMBO_TAG_ARTICLE) own = i;
  return own;
}

}  // namespace

std::vector<bool> find_parts_of_others(const PageTree& page, const std::vector<bool>& dropped,
                                       PageKind kind) {
  std::vector<bool> others(page.size(), false);
  const Index own_article = find_own_article(page);
  for (Index i = 0; i < page.size(); ++i) {
    if (page.is_text(i)) continue;
    const GumboTag tag = page.tag(i);
    const bool is_other_article = tag == GUMBO_TAG_ARTICLE && own_article != 0 &&
                                  (i >= page[own_article].end || page[i].end <= own_article);
    const bool is_picture = tag == GUMBO_TAG_FIGURE || tag == GUMBO_TAG_FIGCAPTION;
    if (!is_other_article && !is_picture && !is_comment(page, i, dropped, kind) &&
        !leads_to_other_pages(page, i, dropped))
      continue;
    std::fill(others.begin() + i, others.begin() + page[i].end, true);
    i = page[i].end - 1;
  }
  return others;
}

}  // namespace stubkeeper::crawler
