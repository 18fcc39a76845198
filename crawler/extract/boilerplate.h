#pragma once

#include <vector>

#include "crawler/extract/page_kind.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// For each node of a page whether it is boilerplate, which is left out of the text. That is:
// scripts and controls, hidden elements, and what HTML, ARIA or the usual class names and ids call
// navigation, page header or footer, sidebar, form, cookie notice, advertisement, sharing or
// related links; comments of readers and the author's portrait except in a forum, buyers' reviews
// beside a product, and in a forum what is beside a post (avatar, rank, signature).
//
// A name alone never drops an element with a large part of the page's text, nor one with prose
// where sites use the name for more than boilerplate. A panel that its reader can open (accordions,
// tabs) is text. No rule is for one site.
std::vector<bool> mark_boilerplate(const PageTree& page, PageKind kind);

}  // namespace stubkeeper::crawler
