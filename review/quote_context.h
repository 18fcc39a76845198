#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stubkeeper::review {

// A quote where it stands: its sentence, cut at the quote, and a line before and behind it. All of it is the
// snapshot's own bytes, but for line ends, which are spaces, an ellipsis where a long line was cut, and the
// mark that a heading, a list item or a quotation begins with ("# ", "- ", "> "), which is left out.
struct QuoteContext {
  std::string
      preceding_line;  // the sentence, or the last one of the block, before the quote's own; "" at the top
  std::string prefix;  // from the beginning of the sentence to the quote, with its spaces
  std::string quote;
  std::string suffix;  // from the quote to the end of the sentence, with its spaces
  std::string following_line;      // the sentence, or the first one of the next block, behind the quote's own
};

// [begin, end): the quote's bytes in a snapshot's text; begin <= end <= size. A pure function.
QuoteContext extract_quote_context(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace stubkeeper::review
