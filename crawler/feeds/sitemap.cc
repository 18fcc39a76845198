#include <algorithm>
#include <optional>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "crawler/content.h"
#include "crawler/feeds/feed_dialect.h"
#include "crawler/feeds/xml_tree.h"
#include "crawler/html/fold_text.h"
#include "crawler/text_body.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using enum Vocabulary;

// sitemaps.org also knows a text file of one address a line.
std::optional<Sitemap> parse_text_sitemap(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  Sitemap map;
  for (const std::string_view each : split_nonempty(bytes, "\r\n")) {
    const std::string_view line = trim_ascii(each);
    if (line.empty()) continue;
    const auto url = parse_url(line);
    if (!url || line.find("://") == std::string_view::npos) return std::nullopt;
    map.items.emplace_back();
    map.items.back().url = url->text();
  }
  if (map.items.empty()) return std::nullopt;
  return map;
}

}  // namespace

Result<Sitemap> parse_sitemap(std::string_view bytes) {
  if (is_gzip(bytes)) {
    STUBKEEPER_ASSIGN(const std::string text, gunzip(bytes));
    return parse_sitemap(text);
  }
  if (auto map = parse_text_sitemap(bytes)) return *std::move(map);
  STUBKEEPER_ASSIGN(const XmlTree tree, XmlTree::parse(bytes, ""));
  const std::string root = ascii_lower(local_name(tree.root()));
  if (root != "urlset" && root != "sitemapindex") {
    return Error{ErrorCode::invalid_argument, "the XML is no sitemap: its root element is <" + root + ">", "",
                 "a sitemap's is <urlset> or <sitemapindex>"};
  }
  Result<Sitemap> result = Sitemap{};
  Sitemap& map = *result;
  map.is_index = root == "sitemapindex";
  map.mistake = tree.mistake();
  for (const xmlNode* element : children(tree.root(), sitemap, map.is_index ? "sitemap" : "url")) {
    Item item;
    const std::string location{trim_ascii(text_content(child(element, sitemap, "loc")))};
    if (const auto url = parse_url(location)) item.url = url->text();
    if (item.url.empty()) continue;
    item.updated = parse_feed_date(text_content(child(element, sitemap, "lastmod")));
    if (const xmlNode* story = child(element, news, "news")) {
      item.title = fold_white_space(text_content(child(story, news, "title")));
      item.published = parse_feed_date(text_content(child(story, news, "publication_date")));
    }
    map.items.push_back(std::move(item));
  }
  return result;
}

}  // namespace stubkeeper::crawler
