#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "base/result.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {

// The most that parsing one page may cost.
struct HtmlLimits {
  std::size_t page_bytes = 64'000'000;
  std::size_t tree_bytes = 180'000'000;  // a 10 MB page of ordinary paragraphs takes 160 MB
  std::chrono::seconds time{15};
};

// Parses HTML of valid UTF-8, a page or a fragment, as browsers do (WHATWG HTML), but for what is
// nested deeper than people write (gumbo_input.h). limit where the page is larger, or its markup
// costs more.
Result<PageTree> parse_html(std::string html, const HtmlLimits& limits = {});

}  // namespace stubkeeper::crawler
