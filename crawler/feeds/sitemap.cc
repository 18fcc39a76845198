#include <zlib.h>

#include <algorithm>
#include <optional>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "crawler/content.h"
#include "crawler/feeds/feed_dialect.h"
#include "crawler/feeds/xml_tree.h"
#include "crawler/html/fold_text.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using enum Vocabulary;

constexpr std::size_t max_unpacked_bytes = 52'428'800;  // sitemaps.org: 50 MiB

// The gzip stream (RFC 1952) unpacked, up to the protocol's limit.
Result<std::string> gunzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int gzip_window = 15 + 16;
  if (inflateInit2(&stream, gzip_window) != Z_OK)
    return Error{ErrorCode::internal, "zlib cannot start", "", ""};
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string text;
  std::string buffer(65'536, '\0');
  int state = Z_OK;
  while (state == Z_OK && text.size() <= max_unpacked_bytes) {
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    state = inflate(&stream, Z_NO_FLUSH);
    text.append(buffer, 0, buffer.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  if (text.size() > max_unpacked_bytes) {
    return Error{ErrorCode::limit, "the sitemap unpacks to more than 50 MiB", "",
                 "the protocol allows no more"};
  }
  if (state != Z_STREAM_END) {
    return Error{ErrorCode::invalid_argument, "the sitemap is no whole gzip stream", "", "it may be cut off"};
  }
  return text;
}

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
  if (bytes.starts_with("\x1F\x8B")) {
    STUBKEEPER_ASSIGN(const std::string text, gunzip(bytes));
    return text.starts_with("\x1F\x8B")
               ? Error{ErrorCode::invalid_argument, "the sitemap is packed twice", "", ""}
               : parse_sitemap(text);
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
