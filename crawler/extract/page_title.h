#pragma once

#include <string>

#include "crawler/html/page_view.h"

namespace stubkeeper::crawler {

// A page's title without its site's name. `said` is what its metadata calls it, `head_title` its <title>; both
// may be empty. The heading that readers see is taken where its words are those of the metadata, which is
// often written for search engines and longer.
std::string choose_title(const PageView& view, const std::string& metadata_title, const std::string& head_title,
                     const std::string& site_name);

}  // namespace stubkeeper::crawler
