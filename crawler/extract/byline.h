#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// Who wrote a page and when, read from what its readers see, for pages that do not say so in their metadata.
// `dropped` is what mark_boilerplate() says of the page.

// A name as an author is given: "By Jane Doe" is "Jane Doe"; "" for addresses and for what is too long to be
// names.
std::string clean_author(std::string_view text);

// From rel=author, a small element whose class or id says author or byline, a link to an author's page, or a
// line that begins with "By" or "Written by"; "".
std::string find_author_in_byline(const PageTree& page, const std::vector<bool>& dropped);

// Of one element: its datetime, else what its text says, as parse_date() gives it; "".
std::string parse_node_date(const PageTree& page, PageTree::Index node);

// From the first <time> that stands in no list and no boilerplate, as parse_date() gives it; "".
std::string find_date_in_time_element(const PageTree& page, const std::vector<bool>& dropped);

// "2026-05-07" from ".../2026/05/07/..." or ".../2026-05-07-...", "2026-05" from "/2026/05/"; "".
std::string find_date_in_address(std::string_view address);

// From a small element whose class or id says date, published or byline; "".
std::string find_date_in_byline(const PageTree& page, const std::vector<bool>& dropped);

// From the one line of the page that begins with "Published" or "Posted": a whole day; "" where there is
// none, or there are several that differ, as in a list of other pages.
std::string find_publication_date(const PageTree& page);

// From the text right behind a link to an author's page, where it is a whole day and nothing else; "".
std::string find_date_after_author(const PageTree& page, const std::vector<bool>& dropped);

// From the short lines right behind the page's first heading ("Updated May 7, 2026", "by Jane Doe · 7 May
// 2026 · 5 min read"): a whole day, as parse_date() gives it; "".
std::string find_date_below_title(const PageTree& page);

}  // namespace stubkeeper::crawler
