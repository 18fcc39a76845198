#include "entries/edits/splices.h"

#include <algorithm>

#include "entries/markdown/lines.h"
#include "entries/markdown/tables.h"

namespace stubkeeper::entries {
namespace {

bool is_table_row(const Document& document, std::size_t block) {
  return block < document.blocks().size() && document.blocks()[block].kind == BlockKind::table_row;
}

std::string_view indentation_of(std::string_view text) {
  return text.substr(0, std::min(text.find_first_not_of(" \t"), text.size()));
}

// Whether blank lines are between this item and its neighbour in the list.
bool is_in_loose_list(const Document& document, std::size_t item) {
  const auto& blocks = document.blocks();
  const auto is_separated_from = [&](std::size_t blank, std::size_t neighbour) {
    return blank < blocks.size() && neighbour < blocks.size() && blocks[blank].kind == BlockKind::blank &&
           blocks[neighbour].kind == BlockKind::list_item;
  };
  return is_separated_from(item + 1, item + 2) || (item >= 2 && is_separated_from(item - 1, item - 2));
}

// A row in the style of another: its indentation, its outer pipes, and spaces within them or none.
std::string format_row_like(std::string_view model, const std::vector<std::string_view>& cells) {
  const std::string_view words = trim(model);
  const bool opened = words.starts_with('|');
  const bool closed = words.size() > 1 && words.ends_with('|') && !words.ends_with("\\|");
  const std::string space =
      words.find(" |") != std::string_view::npos || words.find("| ") != std::string_view::npos ? " " : "";
  std::string row{indentation_of(model)};
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0 || opened) row += "|";
    if (i > 0 || opened) row += space;
    row += cells[i];
    if (i + 1 < cells.size() || closed) row += space;
  }
  if (closed) row += "|";
  return row;
}

}  // namespace

std::string convert_line_endings(const Document& document, std::string_view text) {
  const std::string_view ending = detect_line_ending(document.print());
  std::string result;
  for (const std::string_view line : split_line_texts(text))
    result.append(strip_line_ending(line)).append(ending);
  return result;
}

std::optional<std::size_t> find_block_by_id(const IdentifiedDocument& document, const std::string& id) {
  const auto found = std::find(document.ids.begin(), document.ids.end(), id);
  if (id.empty() || found == document.ids.end()) return std::nullopt;
  return static_cast<std::size_t>(found - document.ids.begin());
}

std::string describe_place(const Document& document, std::size_t block) {
  const Block& at = document.blocks()[block];
  return at.part.empty() ? "line " + std::to_string(at.first_line) : at.part;
}

Splice make_empty_splice(const std::string& place) {
  Splice splice;
  splice.place = place;
  return splice;
}

Splice make_insertion_splice(const Document& document, const Insertion& insertion, const std::string& text,
                             const std::string& place) {
  return {
      insertion.at, insertion.at, insertion.before + convert_line_endings(document, text) + insertion.after,
      text,         "",           place};
}

bool contains_block_text(const Document& document, std::size_t begin, std::size_t end,
                         std::string_view text) {
  const auto& blocks = document.blocks();
  for (std::size_t i = begin; i < end; ++i) {
    if (trim(document.text(blocks[i])) == trim(text)) return true;
  }
  return false;
}

Result<Splice> make_insert_before_splice(const Document& document, std::size_t index,
                                         const std::string& text) {
  const auto& blocks = document.blocks();
  const Block& block = blocks[index];
  const std::string place = describe_place(document, index);
  if (block.kind == BlockKind::front_matter)
    return Error{ErrorCode::refused, "nothing stands before front matter", "", ""};
  if (contains_block_text(document, index >= 2 ? index - 2 : 0, index, text)) return make_empty_splice(place);
  const std::string ending{detect_line_ending(document.print())};
  Insertion insertion{block.bytes.begin, "", ""};
  if (block.kind == BlockKind::list_item) {
    if (is_in_loose_list(document, index)) insertion.after = ending;
    insertion.before = std::string{indentation_of(document.text(block))};
    return make_insertion_splice(document, insertion, text, place);
  }
  if (block.kind == BlockKind::table_row && index > 0 && is_table_row(document, index - 1)) {
    if (!is_table_row(document, index - 2))
      return Error{ErrorCode::refused, "nothing stands between a table's header and its rows", "", ""};
    return make_insertion_splice(document, insertion, text, place);
  }
  insertion.after = ending;
  if (index > 0 && blocks[index - 1].kind != BlockKind::blank &&
      blocks[index - 1].kind != BlockKind::front_matter)
    insertion.before = ending;
  return make_insertion_splice(document, insertion, text, place);
}

Result<Splice> make_table_row_splice(const Document& document, std::size_t index, const std::string& row) {
  const auto& blocks = document.blocks();
  if (!is_table_row(document, index))
    return Error{ErrorCode::refused, "the block is no row of a table", "", ""};
  std::size_t header = index;
  while (header > 0 && is_table_row(document, header - 1)) --header;
  const std::string_view header_text = document.text(blocks[header]);
  const auto cells = split_table_cells(row);
  if (cells.size() != split_table_cells(header_text).size()) {
    return Error{ErrorCode::refused,
                 "the table has " + std::to_string(split_table_cells(header_text).size()) +
                     " columns, the row " + std::to_string(cells.size()),
                 "", ""};
  }
  std::size_t end = header;
  while (is_table_row(document, end)) ++end;
  const std::string place = describe_place(document, index);
  // The delimiter row is no place to put a row before, and no model of style.
  const std::size_t after = std::max(index, std::min(header + 1, end - 1));
  const std::string_view model = index > header + 1 ? document.text(blocks[index]) : header_text;
  const std::string text = format_row_like(model, cells);
  if (contains_block_text(document, header, end, text)) return make_empty_splice(place);
  return make_insertion_splice(document, find_insertion_after(document, after, true), text, place);
}

}  // namespace stubkeeper::entries
