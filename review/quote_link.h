#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stubkeeper::review {

// The address of a page, opened at a quote, with a text directive after "#:~:text=" (WICG, "URL
// Fragment Text Directives", https://wicg.github.io/scroll-to-text-fragment/).
//
// `text` is the page's extracted text, [begin, end) the quote's bytes in it. A short quote within
// one block is given whole; any other by its first and last words ("start,end"), since a term never
// spans blocks. Where the words are on the page more than once, as many words around them as it
// takes come along as "prefix-," and ",-suffix". White space is one space; everything but
// unreserved characters is percent-encoded, "-", "," and "&" too. Ends within a word move to the
// word's end, because browsers match whole words. The address's own fragment stays before ":~:".
// `page`: of a PDF, from 1 (RFC 8118 "page="); 0 for none.
//
// "" for an address that is neither http nor https; the address itself where the quote has no words
// or its bytes are not in the text.
std::string quote_link(std::string_view address, std::string_view text, std::size_t begin, std::size_t end,
                       std::size_t page);

}  // namespace stubkeeper::review
