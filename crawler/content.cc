#include "crawler/content.h"

#include "base/sha256.h"
#include "base/text/ascii.h"
#include "crawler/feeds/feed_dialect.h"
#include "crawler/html/charset.h"
#include "crawler/http/header_fields.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t max_sniffed_bytes = 2'048;

ContentKind detect_kind_by_root_element(std::string_view start) {
  for (std::size_t at = start.find('<'); at != std::string_view::npos; at = start.find('<', at + 1)) {
    const std::string_view tag = start.substr(at + 1);
    if (has_feed_mark(start.substr(at))) return ContentKind::feed;
    for (const std::string_view map : {"urlset", "sitemapindex"}) {
      if (starts_with_ignoring_case(tag, map)) return ContentKind::sitemap;
    }
    for (const std::string_view page : {"!doctype html", "html", "head", "body"}) {
      if (starts_with_ignoring_case(tag, page)) return ContentKind::page;
    }
  }
  return ContentKind::unknown;
}

bool has_extension(std::string_view address, std::string_view ending) {
  const std::string_view path = address.substr(0, address.find_first_of("?#"));
  return path.size() > ending.size() &&
         equals_ignoring_case(path.substr(path.size() - ending.size()), ending);
}

ContentKind detect_kind_by_address(std::string_view address) {
  for (const std::string_view ending : {".html", ".htm", ".xhtml"}) {
    if (has_extension(address, ending)) return ContentKind::page;
  }
  for (const std::string_view ending : {".md", ".markdown", ".txt", ".text", ".rst"}) {
    if (has_extension(address, ending)) return ContentKind::text;
  }
  return ContentKind::unknown;
}

}  // namespace

ContentKind detect_content_kind(std::string_view bytes, std::string_view content_type,
                                std::string_view address) {
  // The content type of a PDF, a feed or a sitemap is often wrong; its beginning is not.
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return ContentKind::pdf;
  const std::string start =
      to_utf8(bytes.substr(0, max_sniffed_bytes), content_type, CharsetDeclaration::xml_declaration);
  const std::string_view trimmed = trim_ascii(start);
  const std::string type = parse_media_type(content_type).type;
  if (trimmed.starts_with("{") && has_feed_mark(trimmed)) return ContentKind::feed;
  if (trimmed.starts_with("<")) {
    if (const ContentKind kind = detect_kind_by_root_element(trimmed); kind != ContentKind::unknown)
      return kind;
  }
  if (type == "text/html" || type == "application/xhtml+xml") return ContentKind::page;
  if (type == "text/plain" || type == "text/markdown") return ContentKind::text;
  if (const ContentKind kind = detect_kind_by_address(address); kind != ContentKind::unknown) return kind;
  return trimmed.starts_with("<") ? ContentKind::page : ContentKind::unknown;
}

std::string Item::identity() const {
  if (!id.empty()) return id;
  if (!url.empty()) return url;
  return "sha256:" + sha256_hex(title + '\n' + (content.empty() ? summary : content));
}

}  // namespace stubkeeper::crawler
