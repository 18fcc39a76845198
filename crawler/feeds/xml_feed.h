#pragma once

#include <string_view>

#include "crawler/content.h"

namespace stubkeeper::crawler {

// RSS 0.9 to 2.0 (rssboard.org), RSS 1.0 (RDF), Atom 1.0 (RFC 4287) and 0.3, with the modules content, Dublin
// Core, iTunes and Media. What is text may hold HTML and mostly does; it comes out as text. invalid_argument
// where the XML is no feed.
Result<Feed> parse_xml_feed(std::string_view bytes, std::string_view content_type, std::string_view address);

}  // namespace stubkeeper::crawler
