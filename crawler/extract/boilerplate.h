#pragma once

#include <vector>

#include "crawler/extract/page_kind.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// For each node of a page whether it is left out of the text: scripts and controls, what is hidden, and what
// HTML, ARIA or the usual class names and ids call navigation, page header and footer, sidebar, form, cookie
// notice, advertisement, sharing or related links; readers' comments and the author's portrait but in a
// forum, buyers' reviews beside a product, and in a forum what stands beside a post (avatar, rank,
// signature).
//
// A name alone never drops an element that holds a large part of the page's text, nor one that holds prose
// where sites use the name for more than boilerplate. What is hidden until its reader opens it (accordions,
// tabs) is text. No rule knows any site.
std::vector<bool> mark_boilerplate(const PageTree& page, PageKind kind);

}  // namespace stubkeeper::crawler
