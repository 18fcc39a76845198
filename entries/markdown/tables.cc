#include "entries/markdown/tables.h"

#include "entries/markdown/lines.h"
#include "entries/markdown/links.h"

namespace stubkeeper::entries {
namespace {

bool is_delimiter_row(std::string_view row) {
  return row.find('-') != std::string_view::npos &&
         row.find_first_not_of(" \t|:-\r\n") == std::string_view::npos;
}

}  // namespace

std::vector<std::string_view> split_table_cells(std::string_view row) {
  row = trim(row);
  if (row.starts_with('|')) row.remove_prefix(1);
  std::vector<std::string_view> cells;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < row.size(); ++at) {
    if (row[at] == '\\') {
      ++at;
    } else if (row[at] == '|') {
      cells.push_back(trim(row.substr(begin, at - begin)));
      begin = at + 1;
    }
  }
  if (begin < row.size()) cells.push_back(trim(row.substr(begin)));
  return cells;
}

std::vector<Table> find_tables(const Document& document, std::size_t begin, std::size_t end) {
  std::vector<Table> tables;
  const auto& blocks = document.blocks();
  for (std::size_t i = begin; i + 1 < end; ++i) {
    if (blocks[i].kind != BlockKind::table_row || blocks[i + 1].kind != BlockKind::table_row ||
        !is_delimiter_row(document.text(blocks[i + 1])))
      continue;
    Table table{i, i + 2};
    while (table.end < end && blocks[table.end].kind == BlockKind::table_row) ++table.end;
    tables.push_back(table);
    i = table.end - 1;
  }
  return tables;
}

std::string cell_plain_text(std::string_view cell) {
  for (const Link& link : find_links(cell)) {
    if (link.kind != LinkKind::inline_link) continue;
    cell = cell.substr(link.text_begin, link.text_end - link.text_begin);
    break;
  }
  std::string plain;
  for (const char c : cell) {
    if (c != '*' && c != '`' && c != '[' && c != ']') plain += c;
  }
  // A flag or another mark after the name: whatever is not ASCII after the last space.
  const std::size_t space = plain.rfind(' ');
  if (space != std::string::npos && space + 1 < plain.size() &&
      static_cast<unsigned char>(plain[space + 1]) >= 0xE2)
    plain.resize(space);
  return std::string{trim(plain)};
}

}  // namespace stubkeeper::entries
