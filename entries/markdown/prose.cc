#include "entries/markdown/prose.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text/ascii.h"
#include "entries/markdown/links.h"

namespace stubkeeper::entries {
namespace {

void mask(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < std::min(end, text.size()); ++i) {
    if (text[i] != '\n' && text[i] != '\r') text[i] = ' ';
  }
}

// Everything from each `open` to the next `close`, both included.
void mask_between(std::string& text, std::string_view open, std::string_view close) {
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
    const std::size_t end = text.find(close, at + open.size());
    if (end == std::string::npos) return;
    mask(text, at, end + close.size());
    at = end + close.size();
  }
}

bool is_tag(std::string_view text, std::size_t open) {
  if (open + 1 >= text.size()) return false;
  const char c = text[open + 1];
  return c == '/' || c == '!' || is_ascii_letter(c);
}

void mask_tags(std::string& text) {
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
    if (!is_tag(text, at)) continue;
    const std::size_t end = text.find('>', at);
    if (end == std::string::npos) return;
    mask(text, at, end + 1);
  }
}

}  // namespace

std::string mask_non_prose(std::string_view text) {
  return mask_non_prose(text, find_links(text));
}

std::string mask_non_prose(std::string_view text, const std::vector<Link>& links) {
  std::string prose{text};
  for (const CodeSpan& span : find_code_spans(text)) mask(prose, span.begin, span.end);
  for (const Link& link : links) {
    mask(prose, link.begin, link.end);
    const std::string_view destination = text.substr(link.begin, link.end - link.begin);
    if (link.kind == LinkKind::inline_link && destination.starts_with("http"))
      mask(prose, link.text_begin, link.text_end);
  }
  mask_between(prose, "<!--", "-->");
  mask_between(prose, "{{", "}}");
  mask_tags(prose);
  for (const auto& [open, close] : std::to_array<std::pair<const char*, const char*>>(
           {{"“", "”"}, {"«", "»"}, {"„", "“"}, {"\"", "\""}})) {
    mask_between(prose, open, close);
  }
  return prose;
}

}  // namespace stubkeeper::entries
