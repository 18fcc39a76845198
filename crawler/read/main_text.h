#pragma once

#include <string>
#include <vector>

#include "crawler/read/page_kind.h"
#include "crawler/read/page_tree.h"
#include "crawler/read/structured_data.h"

namespace stubkeeper::crawler {

// The main text of a page as Content::text: what its reader came for, without the boilerplate around it.
// Where no part of the page stands out (a product, a forum, a list), all of it but the boilerplate.
//
// `dropped` is what boilerplate_of() says of the page.
std::string main_text(const PageTree& page, PageKind kind, const std::vector<bool>& dropped,
                      const StructuredData& data);

}  // namespace stubkeeper::crawler
