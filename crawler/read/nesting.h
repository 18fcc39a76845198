#pragma once

#include <string>
#include <string_view>

namespace stubkeeper::crawler {

// HTML whose elements nest no deeper than about 400 and whose tags have no more than 200 attributes: what
// lies deeper loses its tags and keeps its text. The HTML parser takes quadratic time on deep trees and on
// tags with very many attributes; browsers draw the same line at 512 levels. Markup within those bounds, so
// all that people write, comes back as it is.
std::string limit_nesting(std::string_view html);

}  // namespace stubkeeper::crawler
