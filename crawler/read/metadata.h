#pragma once

#include <string_view>
#include <vector>

#include "crawler/content.h"
#include "crawler/read/page_tree.h"
#include "crawler/read/structured_data.h"

namespace stubkeeper::crawler {

// What a page says of itself; Content::text stays empty. Sources in the order in which they are trusted,
// field by field:
//
//   title          JSON-LD headline of an article, og:title, twitter:title, the only <h1>, <title> without
//                  the site's name
//   author         JSON-LD, <meta> (author, article:author, dc.creator, ...), microdata and rel=author, a
//                  byline's element
//   published      JSON-LD, <meta>, microdata, <time> outside lists and footers, the address (/2026/05/07/),
//                  a date's element, the lines below the title
//   modified       JSON-LD, <meta>, microdata
//   language       <html lang>, JSON-LD, og:locale, Content-Language
//   site_name      og:site_name, JSON-LD publisher, application-name
//   canonical_url  <link rel=canonical>, og:url
//
// `dropped` is what boilerplate_of() says of the page. `address` is where the page came from; relative
// addresses are resolved against it. It may be empty.
Content metadata_of(const PageTree& page, const std::vector<bool>& dropped, const StructuredData& data,
                    std::string_view address);

}  // namespace stubkeeper::crawler
