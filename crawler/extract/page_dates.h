#pragma once

#include <string>
#include <string_view>

#include "crawler/extract/date_lines.h"
#include "crawler/extract/page_view.h"

namespace stubkeeper::crawler {

// The dates of a page by its visible text and its address, for pages without metadata. As parse_date() gives
// them, "" for none.

// Of one element: its datetime, else a date in its text.
std::string parse_node_date(const PageTree& page, PageTree::Index node);

// "2026-05-07" of ".../2026/05/07/..." or ".../2026-05-07-...", "2026-05" of "/2026/05/".
std::string find_date_in_address(std::string_view address);

// Each of these gives the first day of publication that it finds, and the first of a change on the way there,
// outside of boilerplate and of comments, pictures and boxes that lead to other pages.

// In <time> elements outside lists.
LineDates find_dates_in_time_elements(const PageView& view);

// In small elements whose class or id is date, published or byline.
LineDates find_dates_in_bylines(const PageView& view);

// Whole days in the short lines after the first heading ("by Jane Doe · 7 May 2026 · 5 min read").
LineDates find_dates_below_title(const PageView& view);

// A whole day in the one line that begins with "Published" or "Posted"; "" where several such lines
// differ, as in a list of other pages.
std::string find_publication_date(const PageTree& page);

// A whole day that is all of the text after a link to an author's page.
std::string find_date_after_author(const PageView& view);

}  // namespace stubkeeper::crawler
