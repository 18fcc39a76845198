#include "crawler/content.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/sha256.h"
#include "base/text/ascii.h"
#include "base/text/url.h"
#include "crawler/feeds/feed_dialect.h"
#include "crawler/html/charset.h"
#include "crawler/http/header_fields.h"
#include "crawler/text_body.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

// "en", "de-CH", "pt_br".
bool is_language_tag(std::string_view name) {
  const auto letters = [](std::string_view part) {
    return part.size() == 2 && std::all_of(part.begin(), part.end(), is_ascii_letter);
  };
  if (name.size() == 2) return letters(name);
  return name.size() == 5 && (name[2] == '-' || name[2] == '_') && letters(name.substr(0, 2)) &&
         letters(name.substr(3));
}

bool is_front_page(const Url& url) {
  std::string_view name = url.path;
  while (!name.empty() && name.front() == '/') name.remove_prefix(1);
  while (!name.empty() && name.back() == '/') name.remove_suffix(1);
  if (name.empty() || is_language_tag(name)) return true;
  if (name.find_first_of("/?") != std::string_view::npos) return false;
  const std::string_view stem = name.substr(0, name.find('.'));
  return equals_ignoring_case(stem, "index") || equals_ignoring_case(stem, "default") ||
         equals_ignoring_case(stem, "home");
}

namespace chr = std::chrono;

bool is_skipped(const RevisitHints& hints, Timestamp time) {
  const auto day = chr::floor<chr::days>(time);
  const auto hour = chr::floor<chr::hours>(time - day).count();
  const unsigned weekday = chr::weekday{day}.c_encoding();
  return (hints.skipped_hours >> hour & 1U) != 0 || (hints.skipped_days >> weekday & 1U) != 0;
}

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
  if (is_gzip(bytes)) {
    const std::string beginning = gunzip_beginning(bytes, max_sniffed_bytes);
    if (!is_gzip(beginning)) return detect_content_kind(beginning, content_type, address);
  }
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

std::span<const NonContentInfo> list_non_content_kinds() {
  static constexpr std::array kinds = std::to_array<NonContentInfo>({
      {NonContentKind::bot_challenge, "bot-challenge", "sent a check for robots in place of the page",
       "The site lets only people in. Look at it in a browser; ask its operator, or take another source."},
      {NonContentKind::consent_wall, "consent-wall", "sent a question for consent in place of the page",
       "The site shows its text only to who agreed to something. Take another source, or a copy as a file."},
      {NonContentKind::error_page, "error-page", "sent an error page as if it were the page",
       "The page is probably gone. Look for its new address, or remove the source."},
      {NonContentKind::front_page, "front-page", "led to its site's front page in place of the page",
       "The page is probably gone. Look for its new address, or remove the source."},
      {NonContentKind::login_wall, "login-wall", "sent a login in place of the page",
       "Only who has an account sees the text. Take another source, or a copy as a file."},
      {NonContentKind::parked_domain, "parked-domain", "sent the page of a parked domain",
       "Nobody's site stands at the address any more. Remove the source, or look for the new address."},
      {NonContentKind::paywall, "paywall", "sent the beginning of an article that only subscribers can read",
       "Take another source that says the same, or a copy as a file."},
      {NonContentKind::script_shell, "script-shell", "sent an empty page that is filled in by JavaScript",
       "stubkeeper runs no scripts. Take the site's feed, or another address that has the text."},
      {NonContentKind::shrunken_text, "shrunken-text", "sent a tenth of its last text or less, as walls do",
       "Look at it in a browser. Where it says no more, `stubkeeper source accept` takes it; else take another "
       "source."},
  });
  return kinds;
}

const NonContentInfo* find_non_content_info(NonContentKind kind) {
  for (const NonContentInfo& one : list_non_content_kinds()) {
    if (one.kind == kind) return &one;
  }
  return nullptr;
}

bool is_front_page(std::string_view address) {
  const auto url = parse_url(address);
  return url && is_front_page(*url);
}

bool redirects_to_front_page(std::string_view address, std::string_view final_address) {
  const auto requested_url = parse_url(address);
  const auto final_url = parse_url(final_address);
  if (!requested_url || !final_url || is_front_page(*requested_url) || !is_front_page(*final_url))
    return false;
  const std::string_view host = strip_www(requested_url->host);
  const std::string_view site = strip_www(final_url->host);
  return is_same_or_subdomain(host, site);
}

Timestamp earliest_visit(const RevisitHints& hints, Timestamp last) {
  const Timestamp latest = last + chr::days{1};
  const auto wait = chr::minutes{std::clamp<std::int64_t>(hints.min_minutes, 0, 24 * 60)};
  Timestamp time = last + wait;
  while (time < latest && is_skipped(hints, time)) time = chr::floor<chr::hours>(time) + chr::hours{1};
  return std::min(time, latest);
}

}  // namespace stubkeeper::crawler
