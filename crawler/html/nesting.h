#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// HTML whose elements nest no deeper than 256 and whose tags have no more than 200 attributes: what
// lies deeper loses its tags and keeps its text. The HTML parser takes quadratic time on deep trees and on
// tags with very many attributes; browsers draw their line at 512 levels. Formatting elements (<b>,
// <font>) that nobody closes are made anew by the HTML parser in every following block; no more than 40 of a
// name stay open, and where that would make a hundred thousand elements, all are closed and no more opened.
// Markup within those bounds, so all that people write, comes back as it is.
std::string limit_nesting(std::string_view html);

}  // namespace stubkeeper::crawler
