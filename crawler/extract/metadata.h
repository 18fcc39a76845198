#pragma once

#include "crawler/content.h"
#include "crawler/extract/page_view.h"

namespace stubkeeper::crawler {

// A page's metadata; Content::text stays empty. Each field is from the first source that has it:
//
//   title          an <h1> with the words of: JSON-LD headline of an article, og:title, twitter:title,
//                  <title>; else these, without the site's name
//   author         a thread's first post, JSON-LD, <meta> (author, article:author, dc.creator, ...),
//                  microdata, rel=author, a byline's element, a link to an author's page, "By Jane Doe"
//   published      JSON-LD, <meta>, microdata, a thread's first post, <time> outside lists and
//                  footers, the address (/2026/05/07/), a date's element, the lines below the title,
//                  the one line that begins with "Published" or "Posted" (before all others where
//                  these date the publication after the last change), a day after a link to an
//                  author's page
//   modified       JSON-LD, <meta>, microdata
//   language       <html lang>, JSON-LD, og:locale, Content-Language
//   site_name      og:site_name, JSON-LD publisher, application-name
//   canonical_url  <link rel=canonical>, og:url
//
// Relative addresses are resolved against the page's.
Content extract_metadata(const PageView& view);

}  // namespace stubkeeper::crawler
