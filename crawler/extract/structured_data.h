#pragma once

#include <string>
#include <vector>

#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// What a page says of itself in JSON-LD (JSON-LD 1.1, with schema.org's words). "" is not said; dates as
// written.
struct StructuredData {
  std::string headline;
  std::string author;
  std::string published;
  std::string modified;
  std::string language;
  std::string publisher;
  // schema.org's names of what the page itself is: the outermost nodes, "@graph" and mainEntity looked
  // through.
  std::vector<std::string> types;
  // A product's, as text in blocks.
  std::string description;
};

// Of all nodes in all of a page's blocks the ones that are an article come first, then a product, a page. A
// block that is no JSON is passed over; raw line ends in strings, the usual mistake, are mended.
StructuredData parse_structured_data(const PageTree& page);

}  // namespace stubkeeper::crawler
