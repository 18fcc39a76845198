#pragma once

#include <string>

#include "crawler/extract/page_view.h"

namespace stubkeeper::crawler {

// A page's title without its site's name. `metadata_title` and `head_title` (of <title>) may be
// empty. A heading with their words goes before them, since they are often written for search
// engines and longer.
std::string choose_title(const PageView& view, const std::string& metadata_title,
                         const std::string& head_title, const std::string& site_name);

}  // namespace stubkeeper::crawler
