#pragma once

#include <gumbo.h>

namespace stubkeeper::crawler {

// What an element's tags do to the elements that are open around them (WHATWG HTML §13.2.6.4.7 ff.).
enum class TagRole {
  not_plain,         // forms, foreign elements, a document's own, and what else has rules for itself
  text_content,          // no markup up to the end tag
  block,             // closes an open paragraph
  preformatted,      // a block in which line ends count
  heading,           // a block that closes no other heading
  list_item,         // closes the item before it
  description_item,  // likewise
  formatting,        // goes on in the next block where it is not closed
  phrase,            // nests, and nothing else; also elements that HTML does not know
  rule,              // closes an open paragraph and holds nothing
  empty,             // holds nothing
  table,
  caption,
  column_group,
  column,
  row_group,
  row,
  cell
};
TagRole role_of(GumboTag tag);

}  // namespace stubkeeper::crawler
