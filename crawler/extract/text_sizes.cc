#include "crawler/extract/text_sizes.h"

#include <algorithm>

#include "base/text/ascii.h"

namespace stubkeeper::crawler {

TextSizes::TextSizes(const PageTree& page, const std::vector<bool>& dropped)
    : text(page.size(), 0), linked(page.size(), 0), prose(page.size(), 0) {
  constexpr std::size_t min_prose_run = 60;
  PageTree::Index link_end = 0;
  PageTree::Index dropped_end = 0;
  for (PageTree::Index i = 0; i < page.size(); ++i) {
    if (dropped[i]) dropped_end = std::max(dropped_end, page[i].end);
    if (i < dropped_end) continue;
    if (page.tag(i) == GUMBO_TAG_A && page.has_attribute(i, "href"))
      link_end = std::max(link_end, page[i].end);
    if (!page.is_text(i)) continue;
    const std::string_view words = page[i].text;
    text[i] = static_cast<std::uint32_t>(
        std::count_if(words.begin(), words.end(), [](char c) { return !is_ascii_space(c); }));
    if (i < link_end) {
      linked[i] = text[i];
    } else if (text[i] >= min_prose_run) {
      prose[i] = text[i];
    }
  }
  for (PageTree::Index i = page.size(); i-- > 1;) {
    text[page[i].parent] += text[i];
    linked[page[i].parent] += linked[i];
    prose[page[i].parent] += prose[i];
  }
}

double TextSizes::link_density(PageTree::Index node) const {
  return text[node] == 0 ? 0 : static_cast<double>(linked[node]) / static_cast<double>(text[node]);
}

}  // namespace stubkeeper::crawler
