#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/url.h"
#include "crawler/content.h"
#include "crawler/extract/page_view.h"
#include "crawler/extract/section_headings.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

bool is_typed_by_open_graph(const PageTree& page) {
  for (Index i = page.find(GUMBO_TAG_META); i < page.size(); i = page.find(GUMBO_TAG_META, i + 1)) {
    if (equals_ignoring_case(page.attribute(i, "property"), "og:type"))
      return equals_ignoring_case(trim_ascii(page.attribute(i, "content")), "article");
  }
  return false;
}

bool is_typed_as_story(const StructuredData& data) {
  return std::any_of(data.types.begin(), data.types.end(), [](const std::string& type) {
    return type.ends_with("Article") || type == "BlogPosting" || type == "Report";
  });
}

// The smallest element with the heading and something below it; 0 where that holds the page's text too.
Index find_section_of_heading(const PageView& view, Index heading, Index root) {
  constexpr std::size_t min_bytes_below = 20;
  for (Index node = view.page[heading].parent; node != 0; node = view.page[node].parent) {
    if (node <= root && root < view.page[node].end) return 0;
    if (view.sizes.text[node] >= view.sizes.text[heading] + min_bytes_below) return node;
  }
  return 0;
}

}  // namespace

bool is_story_page(const PageTree& page, const StructuredData& data, PageKind kind,
                   std::string_view address) {
  if (is_front_page(address)) return false;
  if (kind == PageKind::product || kind == PageKind::documentation || kind == PageKind::forum) return true;
  if (is_typed_as_story(data) || is_typed_by_open_graph(page)) return true;
  if (kind != PageKind::article) return false;
  const std::string_view path = url_path_and_rest(address);
  constexpr std::size_t min_parts = 2;
  return parse_url(address) &&
         split_nonempty(path.substr(0, path.find_first_of("?#")), "/").size() >= min_parts;
}

std::vector<Index> find_news_sections(const PageView& view, Index root) {
  constexpr std::size_t max_heading_bytes = 80;
  std::vector<Index> sections;
  if (view.is_story) return sections;
  const PageTree& page = view.page;
  for (Index i = 0; i < page.size(); ++i) {
    const bool is_within = root <= i && i < page[root].end;
    if (page.is_text(i) || heading_level(page.tag(i)) == 0 || view.dropped[i] || is_within) continue;
    if (!is_news_heading(page.text(i, max_heading_bytes + 1))) continue;
    const Index section = find_section_of_heading(view, i, root);
    const bool is_known = !sections.empty() && i < page[sections.back()].end;
    if (section != 0 && !is_known) sections.push_back(section);
  }
  return sections;
}

}  // namespace stubkeeper::crawler
