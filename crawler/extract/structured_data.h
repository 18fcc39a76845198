#pragma once

#include <string>
#include <vector>

#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// A page's metadata in JSON-LD (JSON-LD 1.1, schema.org's terms); "" where there is none. Dates as
// they are written.
struct StructuredData {
  std::string headline;
  std::string author;
  std::string published;
  std::string modified;
  std::string language;
  std::string publisher;
  // schema.org's types of the page itself: of the outermost nodes, and those in "@graph" and
  // mainEntity.
  std::vector<std::string> types;
  // A product's, as Content::text.
  std::string description;
};

// Nodes that are an article go first, then a product, a page. Blocks that are no JSON are skipped;
// raw line ends in strings, the usual mistake, are repaired.
StructuredData parse_structured_data(const PageTree& page);

}  // namespace stubkeeper::crawler
