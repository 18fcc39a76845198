#include "cli/serve/markdown_renderer.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <vector>

#include "base/text/utf8.h"
#include "entries/markdown/lines.h"
#include "entries/markdown/shortcodes.h"
#include "entries/markdown_escape.h"

namespace stubkeeper::cli {
namespace {

constexpr int options = CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8;

struct NodeDeleter {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
struct ParserDeleter {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};
struct TextDeleter {
  void operator()(char* text) const { std::free(text); }
};

std::string_view to_string_view(const char* text) {
  return text == nullptr ? std::string_view{} : std::string_view{text};
}

// Regions of shortcodes as fenced code: Hugo reads them before Markdown, so they are no Markdown.
// Keeps the number of lines before each, but for two fences each; `source_lines` gives the original
// line of each line.
struct FencedText {
  std::string text;
  std::vector<std::size_t> source_lines{0};  // [1] for the first
};

FencedText fence_shortcodes(std::string_view text) {
  FencedText fenced;
  const auto lines = entries::split_lines(text);
  const auto regions = entries::find_shortcodes(text, lines);
  const auto put = [&](std::string_view line, std::size_t number) {
    fenced.text += line;
    if (!line.ends_with('\n')) fenced.text += '\n';
    fenced.source_lines.push_back(number);
  };
  // No fence within the text is as long.
  const std::string fence(64, '~');
  std::size_t region = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool begins = region < regions.size() && regions[region].first == i;
    if (begins) put("\n" + fence, i + 1);
    if (begins) fenced.source_lines.push_back(i + 1);
    put(text.substr(lines[i].begin, lines[i].end - lines[i].begin), i + 1);
    if (region < regions.size() && regions[region].last == i) {
      put(fence, i + 1);
      ++region;
    }
  }
  return fenced;
}

// cmark writes "<a href=" for links alone: of the text, each "<" is escaped, and raw HTML is gone.
// Those that begin with "#" lead to footnotes.
std::string add_link_rel(std::string_view trusted_html) {
  constexpr std::string_view begin = "<a href=\"";
  std::string html;
  for (std::size_t at = trusted_html.find(begin); at != std::string_view::npos;
       at = trusted_html.find(begin)) {
    html += trusted_html.substr(0, at);
    trusted_html.remove_prefix(at + begin.size());
    html +=
        trusted_html.starts_with('#') ? begin : "<a rel=\"noopener noreferrer\" target=\"_blank\" href=\"";
  }
  return html += trusted_html;
}

class Tree {
 public:
  explicit Tree(std::string_view text) {
    static std::once_flag registered;
    std::call_once(registered, [] { cmark_gfm_core_extensions_ensure_registered(); });
    parser_.reset(cmark_parser_new(options));
    for (const char* name : {"table", "strikethrough", "autolink"})
      cmark_parser_attach_syntax_extension(parser_.get(), cmark_find_syntax_extension(name));
    cmark_parser_feed(parser_.get(), text.data(), text.size());
    root_.reset(cmark_parser_finish(parser_.get()));
    collect();
  }

  const std::vector<cmark_node*>& nodes() const { return nodes_; }

  Markup trusted_html() const {
    // Without CMARK_OPT_UNSAFE: what was overlooked here comes out as a comment, not as HTML.
    const std::unique_ptr<char, TextDeleter> text{
        cmark_render_html(root_.get(), options, cmark_parser_get_syntax_extensions(parser_.get()))};
    return MarkupWriter::trusted_html(add_link_rel(to_string_view(text.get())));
  }

 private:
  // Each node once, outer ones before inner ones; before the tree is changed.
  void collect() {
    const std::unique_ptr<cmark_iter, void (*)(cmark_iter*)> walk{cmark_iter_new(root_.get()),
                                                                  cmark_iter_free};
    for (cmark_event_type event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(walk.get())) {
      if (event == CMARK_EVENT_ENTER) nodes_.push_back(cmark_iter_get_node(walk.get()));
    }
  }

  std::unique_ptr<cmark_parser, ParserDeleter> parser_;
  std::unique_ptr<cmark_node, NodeDeleter> root_;
  std::vector<cmark_node*> nodes_;
};

// The children of a node in its place: a link that leads nowhere is its words.
void unwrap(cmark_node* node) {
  while (cmark_node* child = cmark_node_first_child(node)) {
    if (cmark_node_insert_before(node, child) == 0) break;
  }
  cmark_node_free(node);
}

void put_text_before(cmark_node* node, const char* words) {
  cmark_node* text = cmark_node_new(CMARK_NODE_TEXT);
  cmark_node_set_literal(text, words);
  if (cmark_node_insert_before(node, text) == 0) cmark_node_free(text);
}

void replace_image(cmark_node* node) {
  put_text_before(node, "[image: ");
  cmark_node* end = cmark_node_new(CMARK_NODE_TEXT);
  cmark_node_set_literal(end, "]");
  if (cmark_node_insert_after(node, end) == 0) cmark_node_free(end);
  unwrap(node);
}

void replace_html(cmark_node* node, cmark_node_type type) {
  cmark_node* text = cmark_node_new(type);
  cmark_node_set_literal(text, cmark_node_get_literal(node));
  if (cmark_node_replace(node, text) == 0) cmark_node_free(text);
  cmark_node_free(node);
}

void wrap(cmark_node* node, const char* begin, const char* end) {
  cmark_node* block = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
  cmark_node_set_on_enter(block, begin);
  cmark_node_set_on_exit(block, end);
  if (cmark_node_replace(node, block) == 0) return cmark_node_free(block);
  cmark_node_append_child(block, node);
}

// The same around what a block holds.
void wrap_inside(cmark_node* node, const char* begin, const char* end) {
  cmark_node* inner = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
  cmark_node_set_on_enter(inner, begin);
  cmark_node_set_on_exit(inner, end);
  while (cmark_node* child = cmark_node_first_child(node)) {
    if (cmark_node_append_child(inner, child) == 0) break;
  }
  if (cmark_node_append_child(node, inner) == 0) cmark_node_free(inner);
}

// A paragraph of a tight list, which a block of its own would turn into a loose one.
bool is_tight_paragraph(cmark_node* node) {
  if (cmark_node_get_type(node) != CMARK_NODE_PARAGRAPH) return false;
  cmark_node* item = cmark_node_parent(node);
  cmark_node* list = item == nullptr ? nullptr : cmark_node_parent(item);
  return list != nullptr && cmark_node_get_list_tight(list) != 0;
}

void mark_changed(cmark_node* node, bool is_first) {
  if (is_tight_paragraph(node))
    return wrap_inside(
        node,
        is_first ? "<span class=\"changed\" id=\"changed\" tabindex=\"-1\">" : "<span class=\"changed\">",
        "</span>");
  wrap(node, is_first ? "<div class=\"changed\" id=\"changed\" tabindex=\"-1\">" : "<div class=\"changed\">",
       "</div>");
}

bool is_markable(cmark_node* node) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
    case CMARK_NODE_CODE_BLOCK:
      return true;
    default:
      return to_string_view(cmark_node_get_type_string(node)) == "table";
  }
}

}  // namespace

Markup render_markdown(std::string_view text, int top_level, const std::set<std::size_t>& marked) {
  const FencedText fenced = fence_shortcodes(sanitize_for_terminal(text));
  const Tree tree{fenced.text};
  bool is_first = true;
  const auto is_marked = [&](cmark_node* node) {
    const auto first = static_cast<std::size_t>(std::max(cmark_node_get_start_line(node), 0));
    const auto last = static_cast<std::size_t>(std::max(cmark_node_get_end_line(node), 0));
    for (std::size_t line = first; line <= last && line < fenced.source_lines.size(); ++line) {
      if (marked.contains(fenced.source_lines[line])) return true;
    }
    return false;
  };
  for (cmark_node* node : tree.nodes()) {
    if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
      cmark_node_set_heading_level(node, std::min(cmark_node_get_heading_level(node) + top_level - 1, 6));
    // Wide tables scroll for themselves, by the keyboard too.
    if (to_string_view(cmark_node_get_type_string(node)) == "table")
      wrap(node, "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table\">", "</div>");
    if (!marked.empty() && is_markable(node) && is_marked(node)) {
      mark_changed(node, is_first);
      is_first = false;
    }
  }
  // From the inside out: a node that is replaced takes its children along.
  for (auto node = tree.nodes().rbegin(); node != tree.nodes().rend(); ++node) {
    switch (cmark_node_get_type(*node)) {
      case CMARK_NODE_LINK:
        if (!entries::is_safe_link(to_string_view(cmark_node_get_url(*node)))) unwrap(*node);
        break;
      case CMARK_NODE_IMAGE:
        replace_image(*node);
        break;
      case CMARK_NODE_HTML_INLINE:
        replace_html(*node, CMARK_NODE_CODE);
        break;
      case CMARK_NODE_HTML_BLOCK:
        replace_html(*node, CMARK_NODE_CODE_BLOCK);
        break;
      default:
        break;
    }
  }
  return tree.trusted_html();
}

}  // namespace stubkeeper::cli
