#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// The author and date of a page by its visible text, for pages without metadata. `dropped` is from
// mark_boilerplate(). All functions return "" where they find nothing, dates as parse_date() gives
// them.

// The name in a byline: "By Jane Doe" is "Jane Doe". "" for addresses and for texts too long to be
// names.
std::string clean_author(std::string_view text);

// In rel=author, a small element whose class or id is author or byline, a link to an author's page,
// or a line that begins with "By" or "Written by".
std::string find_author_in_byline(const PageTree& page, const std::vector<bool>& dropped);

// Of one element: its datetime, else a date in its text.
std::string parse_node_date(const PageTree& page, PageTree::Index node);

// In the first <time> outside lists and boilerplate.
std::string find_date_in_time_element(const PageTree& page, const std::vector<bool>& dropped);

// "2026-05-07" of ".../2026/05/07/..." or ".../2026-05-07-...", "2026-05" of "/2026/05/".
std::string find_date_in_address(std::string_view address);

// In a small element whose class or id is date, published or byline.
std::string find_date_in_byline(const PageTree& page, const std::vector<bool>& dropped);

// A whole day in the one line that begins with "Published" or "Posted"; "" where several such lines
// differ, as in a list of other pages.
std::string find_publication_date(const PageTree& page);

// A whole day that is all of the text after a link to an author's page.
std::string find_date_after_author(const PageTree& page, const std::vector<bool>& dropped);

// A whole day in the short lines after the first heading ("Updated May 7, 2026", "by Jane Doe · 7
// May 2026 · 5 min read").
std::string find_date_below_title(const PageTree& page);

}  // namespace stubkeeper::crawler
