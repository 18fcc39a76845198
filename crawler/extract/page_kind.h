#pragma once

#include <string_view>

#include "crawler/extract/structured_data.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// What a page is to its reader, which decides what of it is its text: a thread's replies are the text of a
// forum's page and none of an article's.
enum class PageKind { article, product, forum, documentation, listing, service };

// Recognized by, in this order: schema.org's types in JSON-LD and microdata, og:type, the software that made
// the page (meta generator), words in the address's path, and what stands in the page: posts, cards, code,
// prose. No rule knows any site. A page that shows nothing of all this is a service's: somebody says what
// they offer.
PageKind classify_page(const PageTree& page, const StructuredData& data, std::string_view address);

}  // namespace stubkeeper::crawler
