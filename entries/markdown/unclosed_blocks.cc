#include "entries/markdown/unclosed_blocks.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text/ascii.h"
#include "entries/markdown/lines.h"
#include "entries/markdown/shortcodes.h"

namespace stubkeeper::entries {
namespace {

// How many marks a line begins with, if they are a code fence's.
std::size_t fence_length(std::string_view line, char mark) {
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  std::size_t end = begin;
  while (end < line.size() && line[end] == mark) ++end;
  return begin <= 3 && end - begin >= 3 ? end - begin : 0;
}

bool is_unclosed_fence(std::string_view block) {
  const auto lines = split_line_texts(block);
  const std::string_view opening = trim(lines.front());
  if (!opening.starts_with("```") && !opening.starts_with("~~~")) return false;
  const char mark = opening.front();
  const std::size_t length = fence_length(lines.front(), mark);
  if (length == 0) return false;
  return std::none_of(lines.begin() + 1, lines.end(), [&](std::string_view line) {
    return fence_length(line, mark) >= length && trim(line).find_first_not_of(mark) == std::string_view::npos;
  });
}

// Kinds of HTML blocks by what opens and what closes them.
struct HtmlKind {
  std::string_view opening;
  std::vector<std::string_view> closings;
  const char* name;
};

const HtmlKind* find_html_kind(std::string_view block) {
  static const std::vector<std::string_view> raw_text_ends{"</script>", "</pre>", "</style>"};
  static const std::array kinds{
      HtmlKind{"<!--", {"-->"}, "comment"},
      HtmlKind{"<script", raw_text_ends, "<script>"},
      HtmlKind{"<pre", raw_text_ends, "<pre>"},
      HtmlKind{"<style", raw_text_ends, "<style>"},
      HtmlKind{"<?", {"?>"}, "processing instruction"},
      HtmlKind{"<![cdata[", {"]]>"}, "CDATA section"},
      HtmlKind{"<!", {">"}, "declaration"},
  };
  const std::string begin = ascii_lower(trim(block).substr(0, 10));
  const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const HtmlKind& each) { return begin.starts_with(each.opening); });
  if (kind == kinds.end()) return nullptr;
  // "<preview>" is another element.
  const char after = begin.size() > kind->opening.size() ? begin[kind->opening.size()] : ' ';
  const bool is_element = is_ascii_letter(kind->opening.back());
  return is_element && (is_ascii_letter(after) || is_ascii_digit(after) || after == '-') ? nullptr : &*kind;
}

// What is never closed among Markdown's own blocks, by name. `rest` is the page from the block on: a
// shortcode may stand in an HTML block.
const char* unclosed_name(BlockKind kind, std::string_view block, std::string_view rest) {
  if (kind == BlockKind::code) return is_unclosed_fence(block) ? "code fence" : nullptr;
  if (kind != BlockKind::html) return nullptr;
  const HtmlKind* html = find_html_kind(block);
  if (html == nullptr) return nullptr;
  const auto is_closed_in = [&](std::string_view text) {
    const std::string lower = ascii_lower(text);
    return std::any_of(html->closings.begin(), html->closings.end(), [&](std::string_view closing) {
      return lower.find(closing, html->opening.size()) != std::string::npos;
    });
  };
  return is_closed_in(block) || is_closed_in(rest) ? nullptr : html->name;
}

}  // namespace

std::optional<UnclosedBlock> find_unclosed_block(const Document& document) {
  std::optional<UnclosedBlock> found;
  const std::string_view page = document.print();
  for (const Block& block : document.blocks()) {
    if (block.kind != BlockKind::code && block.kind != BlockKind::html) continue;
    const char* name = unclosed_name(block.kind, document.text(block), page.substr(block.bytes.begin));
    if (name == nullptr) continue;
    found = UnclosedBlock{name, block.bytes.begin, block.first_line};
    break;
  }
  const std::size_t body = document.front_matter().end();
  const auto lines = split_lines(page.substr(body));
  const auto shortcode = find_unclosed_shortcode(page.substr(body), lines);
  if (!shortcode) return found;
  const std::size_t begin = body + lines[*shortcode].begin;
  if (found && found->begin <= begin) return found;
  return UnclosedBlock{"shortcode", begin, split_lines(page.substr(0, body)).size() + *shortcode + 1};
}

}  // namespace stubkeeper::entries
