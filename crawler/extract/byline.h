#pragma once

#include <string>
#include <string_view>

#include "crawler/extract/page_view.h"

namespace stubkeeper::crawler {

// The author of a page by its visible text, for pages without metadata. Both return "" where they find none.

// The name in a byline: "By Jane Doe" is "Jane Doe". "" for addresses, for a label alone ("Written by") and
// for texts too long to be names.
std::string clean_author(std::string_view text);

// In rel=author, a small element whose class or id is author or byline, a link to an author's page, or a
// line that begins with "By" or "Written by". Not in comments, and not who made a picture.
std::string find_author_in_byline(const PageView& view);

// The text of a node if it is short, as bylines are; else "".
std::string short_text(const PageTree& page, PageTree::Index node);

bool is_author_page_address(std::string_view address);

}  // namespace stubkeeper::crawler
