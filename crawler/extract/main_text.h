#pragma once

#include <string>

#include "crawler/html/page_view.h"

namespace stubkeeper::crawler {

// The main text of a page as Content::text: what its reader came for, without the boilerplate around it.
// Where no part of the page stands out (a product, a list), all of it but the boilerplate; of a thread its
// posts, each after its author and its date.
std::string extract_main_text(const PageView& view);

}  // namespace stubkeeper::crawler
