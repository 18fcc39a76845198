#include "entries/markdown/block_starts.h"

#include <algorithm>

#include "entries/markdown/cmark_tree.h"
#include "entries/markdown/shortcodes.h"

namespace stubkeeper::entries {
namespace {

// Collects block starts in one walk over cmark's tree, without recursion: its depth is the input's
// choice.
class BlockStartCollector {
 public:
  explicit BlockStartCollector(std::size_t line_count) : line_count_(line_count) {}

  void collect(cmark_node* root) {
    cmark_node* node = cmark_node_first_child(root);
    int depth = 0;  // of list items around `node`
    while (node != nullptr) {
      const bool descend = visit(node, depth);
      if (descend && cmark_node_first_child(node) != nullptr) {
        if (cmark_node_get_type(node) == CMARK_NODE_ITEM) ++depth;
        node = cmark_node_first_child(node);
        continue;
      }
      while (node != nullptr && cmark_node_next(node) == nullptr) {
        node = cmark_node_parent(node);
        if (node == root) node = nullptr;
        if (node != nullptr && cmark_node_get_type(node) == CMARK_NODE_ITEM) --depth;
      }
      if (node != nullptr) node = cmark_node_next(node);
    }
  }

  std::vector<BlockStart> starts;
  std::vector<std::size_t> ends;  // lines after which a block is surely over

 private:
  // Notes the node's start; whether its children are looked at.
  bool visit(cmark_node* node, int depth) {
    const cmark_node_type type = cmark_node_get_type(node);
    const std::string_view name = cmark_node_get_type_string(node);
    if (type == CMARK_NODE_LIST) return true;
    if (type == CMARK_NODE_ITEM) {
      add(node, BlockKind::list_item, depth);
      return true;
    }
    if (type == CMARK_NODE_FOOTNOTE_DEFINITION) {
      add(node, BlockKind::reference_definition, depth);
      return false;
    }
    if (name == "table") return true;
    if (name == "table_header" || name == "table_row") {
      add(node, BlockKind::table_row, depth);
      // The delimiter row below a header has no node of its own.
      if (name == "table_header")
        add_line(cmark_node_get_start_line(node) + 1, BlockKind::table_row, 0, depth);
      end_at(cmark_node_get_start_line(node) + (name == "table_header" ? 1 : 0));
      return false;
    }
    // The first block of a list item is the item; what follows in it, after a nested list too,
    // begins a block of its own only if it is no continuation.
    const bool in_item = depth > 0;
    switch (type) {
      case CMARK_NODE_HEADING:
        add(node, BlockKind::heading, depth, cmark_node_get_heading_level(node));
        break;
      case CMARK_NODE_PARAGRAPH:
        if (!in_item || is_after_list(node)) add(node, BlockKind::paragraph, depth);
        break;
      case CMARK_NODE_CODE_BLOCK:
        if (!in_item) add(node, BlockKind::code, depth);
        return false;
      case CMARK_NODE_HTML_BLOCK:
        if (!in_item) {
          add(node, BlockKind::html, depth);
          end_at(cmark_node_get_start_line(node) + count_lines(cmark_node_get_literal(node)) - 1);
        }
        return false;
      case CMARK_NODE_BLOCK_QUOTE:
        if (!in_item) add(node, BlockKind::block_quote, depth);
        return false;
      case CMARK_NODE_THEMATIC_BREAK:
        if (!in_item) add(node, BlockKind::thematic_break, depth);
        break;
      default:
        return false;
    }
    if (!in_item) end_at(cmark_node_get_end_line(node));
    return false;
  }

  // cmark's own end line of an HTML block may lie after it.
  static int count_lines(const char* literal) {
    const std::string_view text = literal == nullptr ? "" : literal;
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  }

  static bool is_after_list(cmark_node* node) {
    cmark_node* before = cmark_node_previous(node);
    return before != nullptr && cmark_node_get_type(before) == CMARK_NODE_LIST;
  }

  void add(cmark_node* node, BlockKind kind, int depth, int heading_level = 0) {
    add_line(cmark_node_get_start_line(node), kind, heading_level, depth);
  }
  void add_line(int one_based, BlockKind kind, int heading_level, int depth) {
    if (one_based < 1 || static_cast<std::size_t>(one_based) > line_count_) return;
    starts.push_back({static_cast<std::size_t>(one_based - 1), kind, heading_level, depth});
  }
  void end_at(int one_based) {
    if (one_based >= 1 && static_cast<std::size_t>(one_based) <= line_count_)
      ends.push_back(static_cast<std::size_t>(one_based));
  }

  std::size_t line_count_;
};

}  // namespace

std::vector<BlockStart> find_block_starts(std::string_view text, const std::vector<Line>& lines) {
  const auto line_text = [&](std::size_t i) {
    return text.substr(lines[i].begin, lines[i].end - lines[i].begin);
  };
  // cmark sees the text without the lines that are not its business: they are blanked, so that line
  // numbers stay.
  std::string seen{text};
  std::vector<BlockStart> own;
  const auto blank_out = [&](std::size_t i) {
    for (std::size_t at = lines[i].begin; at < lines[i].end; ++at) {
      if (seen[at] != '\n' && seen[at] != '\r') seen[at] = ' ';
    }
  };
  std::vector<bool> is_claimed(lines.size(), false);
  for (const ShortcodeRegion& region : find_shortcodes(text, lines)) {
    own.push_back({region.first, BlockKind::shortcode, 0, 0});
    for (std::size_t i = region.first; i <= region.last; ++i) {
      blank_out(i);
      is_claimed[i] = true;
    }
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_claimed[i] || !is_nested_too_deep(line_text(i))) continue;
    own.push_back({i, BlockKind::paragraph, 0, 0});
    blank_out(i);
    is_claimed[i] = true;
  }

  BlockStartCollector collector{lines.size()};
  if (const auto root = parse_with_cmark(seen)) collector.collect(root.get());
  std::vector<BlockStart> starts = std::move(collector.starts);
  // Unfinished nodes may point at lines that are blank or not cmark's.
  std::erase_if(starts, [&](const BlockStart& start) {
    return is_claimed[start.line] || is_blank(line_text(start.line));
  });
  starts.insert(starts.end(), own.begin(), own.end());
  std::stable_sort(starts.begin(), starts.end(),
                   [](const BlockStart& a, const BlockStart& b) { return a.line < b.line; });
  starts.erase(std::unique(starts.begin(), starts.end(),
                           [](const BlockStart& a, const BlockStart& b) { return a.line == b.line; }),
               starts.end());

  // Lines after a block's end that begin none: definitions, or text that cmark let go of.
  std::vector<bool> begins(lines.size() + 1, false);
  for (const BlockStart& start : starts) begins[start.line] = true;
  std::vector<bool> ended(lines.size() + 1, false);
  for (const std::size_t end : collector.ends) ended[end] = true;
  bool covered = false;
  bool after_gap = true;
  std::vector<BlockStart> gaps;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (ended[i]) covered = false;
    if (begins[i] || is_claimed[i]) {
      covered = true;
      if (is_claimed[i] && (i + 1 == lines.size() || !is_claimed[i + 1])) ended[i + 1] = true;
      after_gap = true;
      continue;
    }
    if (covered || is_blank(line_text(i))) {
      after_gap = true;
      continue;
    }
    const bool definition = trim(line_text(i)).starts_with('[');
    if (after_gap || definition) {
      gaps.push_back({i, definition ? BlockKind::reference_definition : BlockKind::paragraph, 0, 0});
    }
    after_gap = false;
  }
  starts.insert(starts.end(), gaps.begin(), gaps.end());
  std::stable_sort(starts.begin(), starts.end(),
                   [](const BlockStart& a, const BlockStart& b) { return a.line < b.line; });
  return starts;
}

}  // namespace stubkeeper::entries
