#pragma once

#include <string_view>

#include "crawler/extract/structured_data.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// The kind of a page, which decides what its text is: replies are the text of a forum's page, but
// not of an article's.
enum class PageKind { article, product, forum, documentation, listing, service };

// By, in this order: schema.org's types in JSON-LD and microdata, og:type, the software that made
// the page (meta generator), words in the address's path, and its elements: posts, cards, code,
// prose. No rule is for one site. Without any of these it is a service's page.
PageKind classify_page(const PageTree& page, const StructuredData& data, std::string_view address);

}  // namespace stubkeeper::crawler
