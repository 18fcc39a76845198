#pragma once

#include <cstddef>
#include <string_view>

namespace stubkeeper {

// Between the pages of a text stands a form feed on a line of its own, as PDFs are read and as RFCs are
// printed.
inline constexpr std::string_view page_break = "\n\n\f\n\n";

// The page, from 1, that a byte of a text stands on; 0 where the text has no page breaks.
std::size_t page_at(std::string_view text, std::size_t byte);

}  // namespace stubkeeper
