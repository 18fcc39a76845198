#pragma once

#include <vector>

#include "crawler/extract/page_view.h"

namespace stubkeeper::crawler {

// For each node of a page whether it is in a part with another author or date than the page's: readers'
// comments, pictures with their captions, boxes that lead to other pages. `dropped` is from
// mark_boilerplate().
std::vector<bool> find_parts_of_others(const PageTree& page, const std::vector<bool>& dropped, PageKind kind);

}  // namespace stubkeeper::crawler
