#pragma once

#include <string>

#include "crawler/extract/page_view.h"

namespace stubkeeper::crawler {

// A page's main text as Content::text, without boilerplate. Where no part of the page stands out (a
// product, a list), all of it but the boilerplate; of a thread its posts, each after its author and
// its date.
std::string extract_main_text(const PageView& view);

}  // namespace stubkeeper::crawler
