#include "entries/markdown/raw_html.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "entries/markdown/cmark_tree.h"
#include "entries/markdown/lines.h"
#include "entries/markdown/links.h"

namespace stubkeeper::entries {
namespace {

// A nested list item without the indentation that would make code of it.
std::string remove_indentation(std::string_view block) {
  const std::size_t indentation = std::min(block.find_first_not_of(' '), block.size());
  const bool is_item = indentation < block.size() &&
                       (std::string_view{"-*+"}.find(block[indentation]) != std::string_view::npos ||
                        is_ascii_digit(block[indentation]));
  if (indentation == 0 || !is_item) return std::string{block};
  std::string text;
  for (std::string_view line : split_line_texts(block)) {
    line.remove_prefix(std::min({indentation, line.find_first_not_of(' '), line.size()}));
    text += line;
  }
  return text;
}

// Shortcodes as letters: Hugo reads them before Markdown is read.
std::string mask_shortcodes(std::string text) {
  for (std::size_t at = text.find("{{"); at != std::string::npos; at = text.find("{{", at + 2)) {
    const std::size_t end = text.find("}}", at + 2);
    if (end == std::string::npos) break;
    if (text[at + 2] != '<' && text[at + 2] != '%') continue;
    for (std::size_t i = at; i < end + 2; ++i) {
      if (text[i] != '\n' && text[i] != '\r') text[i] = 'x';
    }
  }
  return text;
}

std::string prepare(std::string_view block) {
  return mask_shortcodes(remove_indentation(block));
}

std::string_view literal_of(cmark_node* node) {
  const char* literal = cmark_node_get_literal(node);
  return literal == nullptr ? std::string_view{} : std::string_view{literal};
}

std::size_t line_of(cmark_node* node) {
  return static_cast<std::size_t>(std::max(cmark_node_get_start_line(node), 1) - 1);
}

// Line ends before a byte.
std::size_t count_lines(std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  return static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

template <typename Visit>
void visit_nodes(std::string_view text, Visit visit) {
  const CmarkTree tree = parse_with_cmark(text);
  if (!tree) return;
  cmark_iter* iterator = cmark_iter_new(tree.get());
  while (cmark_iter_next(iterator) != CMARK_EVENT_DONE) {
    cmark_node* node = cmark_iter_get_node(iterator);
    if (cmark_iter_get_event_type(iterator) == CMARK_EVENT_ENTER) visit(node);
  }
  cmark_iter_free(iterator);
}

bool has_deep_line(std::string_view text) {
  const auto lines = split_line_texts(text);
  return std::any_of(lines.begin(), lines.end(), is_nested_too_deep);
}

// Whether the last line of a fenced block closes it, container markers before the fence or not.
bool has_closing_fence(std::string_view text, cmark_node* node, char mark, int length) {
  const auto lines = split_line_texts(text);
  const auto last = static_cast<std::size_t>(std::max(cmark_node_get_end_line(node), 1) - 1);
  if (last <= line_of(node) || last >= lines.size()) return false;
  std::string_view line = trim(lines[last]);
  line.remove_prefix(std::min(line.find_first_not_of("> \t"), line.size()));
  return line.size() >= static_cast<std::size_t>(length) &&
         line.find_first_not_of(mark) == std::string_view::npos;
}

// Whether an HTML block has an end of its own (CommonMark §4.6, kinds 1 to 5): find_unclosed_block() knows these.
bool has_own_end(std::string_view literal) {
  return starts_with_any(ascii_lower(trim(literal).substr(0, 8)), {"<!", "<?", "<script", "<pre", "<style"});
}

bool is_escaped(std::string_view text, std::size_t at) {
  std::size_t backslashes = 0;
  while (backslashes < at && text[at - backslashes - 1] == '\\') ++backslashes;
  return backslashes % 2 == 1;
}

// The last comment that running text opens and does not close: a reader sees it.
std::size_t find_unclosed_inline_comment(std::string_view text) {
  const std::size_t at = text.rfind("<!--");
  if (at == std::string_view::npos || text.find("-->", at) != std::string_view::npos || is_escaped(text, at))
    return std::string_view::npos;
  const auto spans = find_code_spans(text);
  const bool code = std::any_of(spans.begin(), spans.end(),
                                [&](const CodeSpan& span) { return at >= span.begin && at < span.end; });
  return code ? std::string_view::npos : at;
}

}  // namespace

std::vector<RawHtml> find_raw_html(std::string_view block) {
  if (has_deep_line(block)) return {{std::string{block}, 0, true}};
  std::vector<RawHtml> found;
  visit_nodes(prepare(block), [&](cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type != CMARK_NODE_HTML_BLOCK && type != CMARK_NODE_HTML_INLINE) return;
    found.push_back({std::string{literal_of(node)}, line_of(node), type == CMARK_NODE_HTML_BLOCK});
  });
  return found;
}

std::string mask_html_comments(std::string_view html) {
  std::string masked{html};
  for (std::size_t at = html.find("<!--"); at != std::string_view::npos; at = html.find("<!--", at)) {
    const std::string_view rest = html.substr(at + 4);
    std::size_t end = rest.find("-->");
    if (const std::size_t other = rest.substr(0, end).find("--!>"); other != std::string_view::npos) {
      end = other + 4;
    } else if (end != std::string_view::npos) {
      end += 3;
    }
    if (rest.starts_with('>')) end = 1;
    if (rest.starts_with("->")) end = 2;
    if (end == std::string_view::npos) break;
    for (std::size_t i = at; i < at + 4 + end; ++i) {
      if (masked[i] != '\n' && masked[i] != '\r') masked[i] = ' ';
    }
    at += 4 + end;
  }
  return masked;
}

std::vector<UnclosedMarkup> find_unclosed_markup(std::string_view block) {
  if (!contains_any(block, {"```", "~~~", "<"}) || has_deep_line(block)) return {};
  const std::string text = prepare(block);
  std::vector<UnclosedMarkup> found;
  bool has_html_block = false;
  visit_nodes(text, [&](cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    int length = 0;
    int offset = 0;
    char mark = 0;
    if (type == CMARK_NODE_CODE_BLOCK && cmark_node_get_fenced(node, &length, &offset, &mark) != 0 &&
        !has_closing_fence(text, node, mark, length)) {
      found.push_back({std::string(static_cast<std::size_t>(length), mark), line_of(node)});
    }
    if (type != CMARK_NODE_HTML_BLOCK) return;
    has_html_block = true;
    if (has_own_end(literal_of(node))) return;
    const std::string html = mask_html_comments(literal_of(node));
    if (const std::size_t at = html.find("<!--"); at != std::string::npos)
      found.push_back({"<!--", line_of(node) + count_lines(html, at)});
  });
  if (has_html_block || !found.empty()) return found;
  if (const std::size_t at = find_unclosed_inline_comment(text); at != std::string_view::npos) {
    found.push_back({"<!--", count_lines(text, at)});
  }
  return found;
}

}  // namespace stubkeeper::entries
