#pragma once

#include <string>

#include "entries/document.h"

namespace stubkeeper::review {

// What stands in an entry's text right before and behind what a change writes or takes out: a heading, a
// paragraph, an item. One line each, as it is written; "" where the text begins or ends there.
struct ContextLines {
  bool are_known = false;  // not so where nothing but front matter changes
  std::string before;
  std::string after;
};

// A pure function of the entry as it is and as it would be. Of a change at two places of the text (a source
// that is listed and cited), what stands around both together.
ContextLines find_context_lines(const entries::Document& before, const entries::Document& after);

}  // namespace stubkeeper::review
