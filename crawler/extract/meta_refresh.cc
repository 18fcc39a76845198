#include "crawler/extract/meta_refresh.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "crawler/content.h"
#include "crawler/extract/blocks.h"
#include "crawler/html/charset.h"
#include "crawler/html/page_tree.h"
#include "crawler/url.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

// A refresh is in the head of a page.
constexpr std::size_t max_head_bytes = 100'000;
constexpr int max_seconds = 30;
constexpr std::size_t max_text_bytes = 600;

struct Refresh {
  int seconds = 0;
  std::string reference;  // as it is written
};

class RefreshParser {
 public:
  explicit RefreshParser(std::string_view text) : rest_(text) {}

  std::optional<Refresh> parse() {
    skip_spaces();
    Refresh refresh;
    if (!parse_seconds(refresh.seconds)) return std::nullopt;
    if (rest_.empty() || !(is_separator(rest_.front()) || is_ascii_space(rest_.front()))) return std::nullopt;
    skip_spaces();
    if (!rest_.empty() && is_separator(rest_.front())) rest_.remove_prefix(1);
    skip_spaces();
    skip_url_label();
    refresh.reference = std::string{unquote()};
    if (refresh.reference.empty()) return std::nullopt;
    return refresh;
  }

 private:
  static bool is_separator(char c) { return c == ';' || c == ','; }

  void skip_spaces() {
    while (!rest_.empty() && is_ascii_space(rest_.front())) rest_.remove_prefix(1);
  }

  // ".5" is no second.
  bool parse_seconds(int& seconds) {
    if (rest_.empty() || !(is_ascii_digit(rest_.front()) || rest_.front() == '.')) return false;
    for (; !rest_.empty() && is_ascii_digit(rest_.front()); rest_.remove_prefix(1))
      seconds = std::min(seconds * 10 + (rest_.front() - '0'), max_seconds + 1);
    while (!rest_.empty() && (is_ascii_digit(rest_.front()) || rest_.front() == '.')) rest_.remove_prefix(1);
    return true;
  }

  void skip_url_label() {
    const std::string_view before = rest_;
    if (!starts_with_ignoring_case(rest_, "url")) return;
    rest_.remove_prefix(3);
    skip_spaces();
    if (rest_.empty() || rest_.front() != '=') {
      rest_ = before;
      return;
    }
    rest_.remove_prefix(1);
    skip_spaces();
  }

  std::string_view unquote() const {
    if (rest_.empty() || (rest_.front() != '"' && rest_.front() != '\'')) return trim_ascii(rest_);
    return trim_ascii(rest_.substr(1, rest_.substr(1).find(rest_.front())));
  }

  std::string_view rest_;
};

bool mentions_refresh(std::string_view head) {
  const std::string folded = ascii_lower(head);
  return folded.find("http-equiv") != std::string::npos && folded.find("refresh") != std::string::npos;
}

bool is_in_noscript(const PageTree& page, Index node) {
  for (Index i = page[node].parent; i != 0; i = page[i].parent)
    if (page.tag(i) == GUMBO_TAG_NOSCRIPT) return true;
  return false;
}

std::optional<Refresh> find_refresh(const PageTree& page) {
  for (Index i = page.find(GUMBO_TAG_META); i < page.size(); i = page.find(GUMBO_TAG_META, i + 1)) {
    if (!equals_ignoring_case(trim_ascii(page.attribute(i, "http-equiv")), "refresh")) continue;
    if (is_in_noscript(page, i)) continue;
    return RefreshParser{page.attribute(i, "content")}.parse();
  }
  return std::nullopt;
}

// Relative to <base>, where the page has one.
std::optional<DeclaredMove> to_move(const Refresh& refresh, std::string_view base_reference,
                                    std::string_view address) {
  if (refresh.seconds > max_seconds) return std::nullopt;
  const std::string base = base_reference.empty() ? std::string{address} : resolve(address, base_reference);
  const auto target = parse_url(resolve(base.empty() ? address : std::string_view{base}, refresh.reference));
  const auto own = parse_url(address);
  if (!target || (own && own->text() == target->text())) return std::nullopt;
  return DeclaredMove{target->text(), refresh.seconds == 0};
}

}  // namespace

std::optional<DeclaredMove> find_declared_move(std::string_view body, std::string_view content_type,
                                               std::string_view refresh_header, std::string_view address) {
  const std::string_view head = body.substr(0, max_head_bytes);
  const bool is_declared_by_page = mentions_refresh(head);
  if (refresh_header.empty() && !is_declared_by_page) return std::nullopt;
  if (detect_content_kind(body, content_type, address) != ContentKind::page) return std::nullopt;
  const auto page = parse_html(to_utf8(head, content_type, CharsetDeclaration::html_meta));
  if (!page.ok()) return std::nullopt;
  std::optional<Refresh> refresh = RefreshParser{refresh_header}.parse();
  if (!refresh) refresh = find_refresh(*page);
  if (!refresh) return std::nullopt;
  const Index base = page->find(GUMBO_TAG_BASE);
  auto move = to_move(*refresh, base < page->size() ? page->attribute(base, "href") : "", address);
  const bool has_text = head.size() < body.size() || tree_to_text(*page).size() > max_text_bytes;
  if (move && !move->is_instant && has_text) return std::nullopt;
  return move;
}

}  // namespace stubkeeper::crawler
