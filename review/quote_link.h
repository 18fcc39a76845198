#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stubkeeper::review {

// The address of a page, opened at a quote: with a text directive behind "#:~:text=" (WICG, "URL Fragment
// Text Directives", https://wicg.github.io/scroll-to-text-fragment/).
//
// `text` is a page's text as it was extracted, [begin, end) the quote's bytes in it. A quote within one block
// and not long is given whole; any other by its first and last words ("start,end"), since a directive's term
// never spans blocks. Where the words stand elsewhere on the page too, as many words around them as it takes
// are given as "prefix-," and ",-suffix". White space is one space, and everything but unreserved characters
// is percent-encoded, the syntax's own "-", "," and "&" too. Ends within a word are moved to the word's end,
// because browsers match whole words. The address's own fragment stays before ":~:". `page`: of a PDF, from 1
// (RFC 8118 "page="); 0 where there are none.
//
// "" for an address that is neither http nor https; the address itself where the quote has no words or its
// bytes are not in the text.
std::string quote_link(std::string_view address, std::string_view text, std::size_t begin,
                             std::size_t end, std::size_t page);

}  // namespace stubkeeper::review
