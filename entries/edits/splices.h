#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "entries/edits/edit_splice.h"
#include "entries/edits/parts.h"

namespace stubkeeper::entries {

// What the makers of splices share.

// A text with the document's line ends, and one at its end.
std::string convert_line_endings(const Document& document, std::string_view text);

std::optional<std::size_t> find_block_by_id(const IdentifiedDocument& document, const std::string& id);

// The name of a block's place for people: its part, or its line.
std::string describe_place(const Document& document, std::size_t block);

Splice make_empty_splice(const std::string& place);
Splice make_insertion_splice(const Insertion& insertion, const std::string& text, const std::string& shown,
                 const std::string& place);

// Whether a block that stands in [begin, end) has the same text already.
bool contains_block_text(const Document& document, std::size_t begin, std::size_t end, std::string_view text);

// Puts text before a block: an item before an item of the same list, with its indentation; a row before a
// body row; anything else parted by empty lines. refused before front matter, and between a table's header
// and its rows.
Result<Splice> make_insert_before_splice(const Document& document, std::size_t block, const std::string& text);

// Puts a row behind a row of a table (behind the delimiter row where it is the header): `row` is a GFM row in
// any style, written with the pipes and spaces of the row that it follows. refused where the target is no
// table row or the columns are not as many as the header's.
Result<Splice> make_table_row_splice(const Document& document, std::size_t block, const std::string& row);

}  // namespace stubkeeper::entries
