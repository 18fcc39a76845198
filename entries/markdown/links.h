#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

enum class LinkKind {
  inline_link,  // [text](destination), images too
  autolink,     // <https://...>
  bare_link,    // https://... as GFM links it
  definition,   // [label]: destination
  attribute,    // href="..." or src="..." of raw HTML
};

// A link in a block's text. Positions are bytes of that text.
struct Link {
  LinkKind kind = LinkKind::inline_link;
  std::size_t text_begin = 0;  // of an inline link, between its brackets
  std::size_t text_end = 0;
  std::size_t begin = 0;  // the destination, without brackets, quotes and title
  std::size_t end = 0;
};

// The links of a block's text in the order of their destinations, by syntax alone: no escape undone, no
// reference looked up, none of code spans. Linear time.
std::vector<Link> find_links(std::string_view text);

// The address that a destination means: backslash escapes and character references undone (CommonMark §2.4,
// §6.2), "?a=1&amp;b=2" is "?a=1&b=2".
std::string resolve_destination(std::string_view destination);

// A destination as a browser reads its scheme: character references decoded, no white space and control
// characters, lower case. For judging schemes; no address.
std::string normalize_destination(std::string_view destination);

// A code span's bytes [begin, end) with its backticks (CommonMark §6.1).
struct CodeSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The code spans of a block's text, in order. Linear time.
std::vector<CodeSpan> find_code_spans(std::string_view text);

}  // namespace stubkeeper::entries
