#pragma once

#include <string>

#include "crawler/html/page_view.h"

namespace stubkeeper::crawler {

// A page's title without its site's name. `said` is what its metadata calls it, `in_head` its <title>; both
// may be empty. The heading that readers see is taken where its words are those of the metadata, which is
// often written for search engines and longer.
std::string title_of(const PageView& view, const std::string& said, const std::string& in_head,
                     const std::string& site_name);

}  // namespace stubkeeper::crawler
