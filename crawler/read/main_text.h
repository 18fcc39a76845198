#pragma once

#include <string>

#include "crawler/read/page_tree.h"

namespace stubkeeper::crawler {

// The main text of a page as Content::text: what its reader came for, without the boilerplate around it.
// Where no part of the page stands out (a product, a forum, a list), all of it but the boilerplate.
std::string main_text(const PageTree& page);

}  // namespace stubkeeper::crawler
