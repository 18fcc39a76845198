#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "entries/document.h"

namespace stubkeeper::entries {

// The cells of a GFM table row without white space around them; a pipe after a backslash is text.
std::vector<std::string_view> split_table_cells(std::string_view row);

// A table, by indices of blocks. There may be no body rows.
struct Table {
  std::size_t header = 0;
  std::size_t end = 0;  // one past its last row
};

// The tables among blocks [begin, end), each with its header and delimiter row.
std::vector<Table> find_tables(const Document& document, std::size_t begin, std::size_t end);

// A cell's text without link, emphasis, code and a mark after it: "**[Acme](https://...)** 🇨🇳" is "Acme".
std::string cell_plain_text(std::string_view cell);

}  // namespace stubkeeper::entries
