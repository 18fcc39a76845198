#pragma once

#include <vector>

#include "crawler/read/page_tree.h"

namespace stubkeeper::crawler {

// For each node of a page whether it is left out of the text: scripts and controls, what is hidden, and what
// HTML, ARIA or the usual class names and ids call navigation, page header and footer, sidebar, form, cookie
// notice, advertisement, sharing, related links or comments. A name alone never drops an element that holds a
// large part of the page's text, and no rule knows any site.
std::vector<bool> boilerplate_of(const PageTree& page);

}  // namespace stubkeeper::crawler
