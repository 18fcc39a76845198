#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "entries/edit.h"
#include "entries/edits/parts.h"

namespace stubkeeper::entries {

// An edit's change of a document's bytes: [begin, end) becomes `text`. Where there is nothing to do, an empty
// range without text.
struct Splice {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
  // For the reviewer: the new text without the line ends around it, the old one, and their place.
  std::string preview_new;
  std::string preview_old;
  std::string place;
};

// The splice of an edit on blocks (edit_splice.cc). Front matter is edited by field: see edit.cc.
Result<Splice> make_edit_splice(const IdentifiedDocument& document, const Edit& edit);

// Adds an item to a part's list, or the part where it is missing (edit_splice.cc).
Splice make_list_item_splice(const IdentifiedDocument& document, const std::string& part,
                             const std::string& text);

// A text with the document's line ends, and one at its end.
std::string convert_line_endings(const Document& document, std::string_view text);

std::optional<std::size_t> find_block_by_id(const IdentifiedDocument& document, const std::string& id);

// A block's place for people: its part, or its line.
std::string describe_place(const Document& document, std::size_t block);

Splice make_empty_splice(const std::string& place);
// `text` gets the document's line ends.
Splice make_insertion_splice(const Document& document, const Insertion& insertion, const std::string& text,
                             const std::string& place);

// Whether a block among [begin, end) has this text.
bool contains_block_text(const Document& document, std::size_t begin, std::size_t end, std::string_view text);

// Text before a block: an item before an item of the same list, with its indentation; a row before a body
// row; anything else between empty lines. refused before front matter, and between a table's header and rows.
Result<Splice> make_insert_before_splice(const Document& document, std::size_t block, const std::string& text);

// A row after a row of a table, or after the delimiter row where that is the header. `row` is a GFM row in any
// style; it gets the pipes and spaces of its model. refused where the block is no table row, or the columns
// are not as many as the header's.
Result<Splice> make_table_row_splice(const Document& document, std::size_t block, const std::string& row);

}  // namespace stubkeeper::entries
