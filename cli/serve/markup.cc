#include "cli/serve/markup.h"

#include <cassert>

#include "base/text/utf8.h"

namespace stubkeeper::cli {

std::string escape_html(std::string_view text) {
  std::string result;
  const std::string safe = sanitize_for_terminal(text);
  result.reserve(safe.size() + safe.size() / 16);
  for (const char c : safe) {
    const std::string_view reference = c == '&'    ? "&amp;"
                                       : c == '<'  ? "&lt;"
                                       : c == '>'  ? "&gt;"
                                       : c == '"'  ? "&quot;"
                                       : c == '\'' ? "&#39;"
                                                   : std::string_view{&c, 1};
    result += reference;
  }
  return result;
}

void MarkupWriter::insert(std::string_view html) {
  const std::size_t place = rest_.find("{}");
  assert(place != std::string_view::npos);
  markup_.text_ += rest_.substr(0, place);
  markup_.text_ += html;
  rest_.remove_prefix(place == std::string_view::npos ? rest_.size() : place + 2);
}

Markup MarkupWriter::finish() && {
  assert(rest_.find("{}") == std::string_view::npos);
  markup_.text_ += rest_;
  return std::move(markup_);
}

Markup MarkupWriter::trusted_html(std::string html) {
  Markup markup;
  markup.text_ = std::move(html);
  return markup;
}

Markup concat(const std::vector<Markup>& parts) {
  Markup all;
  for (const Markup& part : parts) all += part;
  return all;
}

}  // namespace stubkeeper::cli
