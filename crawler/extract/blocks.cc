#include "crawler/extract/blocks.h"

#include <algorithm>

#include "crawler/content.h"
#include "crawler/html/fold_text.h"
#include "crawler/html/gumbo_input.h"
#include "crawler/html/page_tree.h"
#include "crawler/passages.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

// A cell with more text than this, or with blocks of its own, is part of a layout and no cell of
// data.
constexpr std::size_t max_cell_bytes = 600;

class BlockBuilder {
 public:
  BlockBuilder(const PageTree& tree, const std::vector<bool>& dropped) : tree_(tree), dropped_(dropped) {}

  std::vector<Block> build(Index root) {
    const Index end = tree_[root].end;
    Index node = root;
    while (node < end) {
      leave_up_to(node);
      if (dropped_[node]) {
        node = tree_[node].end;
        continue;
      }
      if (tree_.is_text(node)) {
        append(node, tree_[node].text);
      } else {
        enter(node);
      }
      ++node;
    }
    leave_up_to(end);
    flush();
    return std::move(blocks_);
  }

 private:
  void enter(Index node) {
    const GumboTag tag = tree_.tag(node);
    if (tag == GUMBO_TAG_BR) {
      line_break(node);
      return;
    }
    // Two links side by side are two words, whatever keeps them apart on the screen.
    if (tag == GUMBO_TAG_A && link_end_ == node) buffer_ += ' ';
    if (tag == GUMBO_TAG_A) link_end_ = tree_[node].end;
    if (tag == GUMBO_TAG_A && links_++ == 0) link_begin_ = buffer_.size();
    if (is_block(tag) && row_end_ <= node) {
      flush();
      begin(node, tag);
    } else if (is_block(tag)) {
      enter_in_row(node, tag);
    }
    if (tree_[node].end > node + 1 || is_block(tag)) open_.push_back(node);
  }

  void leave_up_to(Index node) {
    while (!open_.empty() && tree_[open_.back()].end <= node) {
      const Index left = open_.back();
      const GumboTag tag = tree_.tag(left);
      open_.pop_back();
      if (tag == GUMBO_TAG_A && --links_ == 0)
        link_bytes_ += buffer_.size() - std::min(link_begin_, buffer_.size());
      if (tag == GUMBO_TAG_TR && row_end_ == tree_[left].end) {
        end_row();
      } else if (is_block(tag) && row_end_ <= left) {
        flush();
        if (tag == GUMBO_TAG_LI) item_ = 0;
        if (heading_level(tag) > 0) heading_ = 0;
        if (tag == GUMBO_TAG_PRE && pre_ == left) pre_ = 0;
      } else if (is_block(tag)) {
        buffer_ += ' ';
      }
    }
  }

  void begin(Index node, GumboTag tag) {
    owner_ = node;
    if (const int level = heading_level(tag)) heading_ = level;
    if (tag == GUMBO_TAG_LI) item_ = node;
    if (tag == GUMBO_TAG_PRE && pre_ == 0) pre_ = node;
    if (tag == GUMBO_TAG_TR && is_data_row(node)) {
      row_end_ = tree_[node].end;
      cells_.clear();
    }
  }

  void enter_in_row(Index, GumboTag tag) {
    if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) {
      end_cell();
      in_cell_ = true;
    } else {
      buffer_ += ' ';
    }
  }

  void end_cell() {
    std::string cell = fold_white_space(buffer_);
    std::replace(cell.begin(), cell.end(), '|', '/');
    if (in_cell_ || !cell.empty()) cells_.push_back(std::move(cell));
    row_link_bytes_ += consume_link_bytes();
    buffer_.clear();
    in_cell_ = false;
  }

  void end_row() {
    end_cell();
    row_end_ = 0;
    const bool blank =
        std::all_of(cells_.begin(), cells_.end(), [](const std::string& cell) { return cell.empty(); });
    Block row{Block::Kind::table_row, 0, "", owner_, row_link_bytes_};
    row_link_bytes_ = 0;
    if (blank) return;
    const auto filled =
        std::count_if(cells_.begin(), cells_.end(), [](const std::string& cell) { return !cell.empty(); });
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      if (i > 0) row.text += " | ";
      row.text += cells_[i];
    }
    // A row of one cell is a line of text.
    if (filled == 1 && cells_.size() == 1) row.kind = Block::Kind::paragraph;
    blocks_.push_back(std::move(row));
  }

  // A row of cells with short text, none of which holds a table, a heading or several paragraphs.
  bool is_data_row(Index row) const {
    std::size_t cell_bytes = 0;
    int paragraphs = 0;
    for (Index i = row + 1; i < tree_[row].end; ++i) {
      if (dropped_[i]) {
        i = tree_[i].end - 1;
        continue;
      }
      const GumboTag tag = tree_.tag(i);
      if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) {
        cell_bytes = 0;
        paragraphs = 0;
      }
      if (tag == GUMBO_TAG_TABLE || tag == GUMBO_TAG_PRE || heading_level(tag) > 0) return false;
      if (tag == GUMBO_TAG_P && ++paragraphs > 2) return false;
      cell_bytes += tree_[i].text.size();
      if (cell_bytes > max_cell_bytes) return false;
    }
    return true;
  }

  void append(Index node, std::string_view text) {
    if (buffer_.empty() && owner_ == 0) owner_ = node;
    buffer_ += text;
    if (!text.empty() && text.find_first_not_of(" \t\r\n") != std::string_view::npos)
      after_line_break_ = false;
  }

  // One break is white space, two are the end of a paragraph.
  void line_break(Index) {
    if (pre_ != 0) {
      buffer_ += '\n';
    } else if (after_line_break_ && row_end_ == 0) {
      flush();
    } else {
      buffer_ += ' ';
      after_line_break_ = true;
    }
  }

  std::size_t consume_link_bytes() {
    std::size_t bytes = link_bytes_;
    if (links_ > 0) bytes += buffer_.size() - std::min(link_begin_, buffer_.size());
    link_bytes_ = 0;
    link_begin_ = 0;
    return bytes;
  }

  void flush() {
    after_line_break_ = false;
    const bool code = pre_ != 0;
    std::string text = code ? fold_code_lines(buffer_) : fold_white_space(buffer_);
    const std::size_t link_bytes = std::min(consume_link_bytes(), text.size());
    buffer_.clear();
    if (text.empty()) return;
    Block block{Block::Kind::paragraph, 0, std::move(text), owner_, link_bytes};
    if (heading_ > 0) {
      block.kind = Block::Kind::heading;
      block.level = heading_;
    } else if (code) {
      block.kind = Block::Kind::code;
    } else if (item_ != 0) {
      block.kind = Block::Kind::list_item;
      item_ = 0;
    }
    blocks_.push_back(std::move(block));
  }

  const PageTree& tree_;
  const std::vector<bool>& dropped_;
  std::vector<Block> blocks_;
  std::vector<Index> open_;
  std::string buffer_;
  Index owner_ = 0;
  int heading_ = 0;    // the level of the heading that is open
  Index item_ = 0;     // the list item that has no text yet
  Index pre_ = 0;      // the preformatted element that is open
  Index row_end_ = 0;  // the end of the data row that is open
  std::vector<std::string> cells_;
  bool in_cell_ = false;
  std::size_t row_link_bytes_ = 0;
  int links_ = 0;
  std::size_t link_begin_ = 0;
  Index link_end_ = 0;  // where the last link ended
  std::size_t link_bytes_ = 0;
  bool after_line_break_ = false;
};

}  // namespace

std::vector<Block> extract_blocks(const PageTree& tree, Index root, const std::vector<bool>& dropped) {
  return BlockBuilder{tree, dropped}.build(root);
}

std::string blocks_to_text(const std::vector<Block>& blocks) {
  constexpr std::size_t max_block_markup_bytes = 9;  // "###### " and an empty line
  std::size_t bytes = 0;
  for (const Block& block : blocks) bytes += block.text.size() + max_block_markup_bytes;
  std::string text;
  text.reserve(bytes);
  for (const Block& block : blocks) {
    if (!text.empty()) text += "\n\n";
    switch (block.kind) {
      case Block::Kind::heading:
        text += std::string(static_cast<std::size_t>(block.level), '#') + ' ' + block.text;
        break;
      case Block::Kind::list_item:
        text += "- " + block.text;
        break;
      case Block::Kind::table_row:
        text += "| " + block.text + " |";
        break;
      case Block::Kind::paragraph:
      case Block::Kind::code:
        text += block.text;
        break;
    }
  }
  return text;
}

std::string tree_to_text(const PageTree& tree) {
  std::vector<bool> dropped(tree.size(), false);
  for (Index i = 0; i < tree.size(); ++i) {
    if (!tree.is_text(i) && is_non_text_element(tree.tag(i)) && tree.tag(i) != GUMBO_TAG_NOSCRIPT)
      dropped[i] = true;
  }
  return blocks_to_text(extract_blocks(tree, 0, dropped));
}

std::string html_to_text(std::string_view html) {
  if (is_plain_text(html)) return fold_white_space(html);
  const auto tree = parse_html(std::string{html});
  return tree.ok() ? tree_to_text(*tree) : fold_white_space(html);
}

std::string fold_paragraphs(std::string_view text) {
  std::string blocks;
  for (const TextRange& range : split_passages(text)) {
    if (!blocks.empty()) blocks += "\n\n";
    blocks += fold_white_space(text.substr(range.begin, range.end - range.begin));
  }
  return blocks;
}

}  // namespace stubkeeper::crawler
