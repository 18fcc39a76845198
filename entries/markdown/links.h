#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

enum class LinkKind {
  inline_link,  // [text](destination), images too
  autolink,     // <https://...>
  bare_link,         // https://... as GFM links it
  definition,   // [label]: destination
  attribute,    // href="..." or src="..." of raw HTML
};

// A link as it is written in a block's text. Ranges are bytes of that text.
struct Link {
  LinkKind kind = LinkKind::inline_link;
  std::size_t text_begin = 0;  // of an inline link, between its brackets
  std::size_t text_end = 0;
  std::size_t begin = 0;  // the destination, without brackets, quotes and title
  std::size_t end = 0;
};

// The links of a block's text in the order of their destinations, by their syntax alone: no escape is undone,
// no reference looked up, and what stands in code spans is left out. Time is linear in the text.
std::vector<Link> find_links(std::string_view text);

// A destination as a browser would read its scheme: character references decoded, white space and control
// characters taken out, lower case. For judging schemes; no address.
std::string normalize_destination(std::string_view destination);

}  // namespace stubkeeper::entries
