#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "entries/block_ids.h"

namespace stubkeeper::entries {

// A part of a document, by indices of blocks: its heading of level 2, its blocks [first, direct_end) before
// any deeper heading, and all of its blocks, up to `end`.
struct PartRange {
  std::size_t heading = 0;
  std::size_t first = 0;
  std::size_t direct_end = 0;
  std::size_t end = 0;
};

// The part of a name: a heading, another heading of the same part or with the same words, or the conventions'
// name ("key-facts").
std::optional<PartRange> find_part(const Conventions& conventions, const Document& document,
                                   std::string_view name);

// The text inside a paired shortcode that has the part, with its heading: a document of its own, as Markdown
// reads it. Nothing where no shortcode has it; a steering block is no text of the page.
std::optional<ByteRange> find_part_in_shortcode(const Conventions& conventions, const Document& document,
                                                std::string_view name);

// A list: its items, nested ones too, and the blank lines between them, [first, last].
struct ListRange {
  std::size_t first = 0;
  std::size_t last = 0;
  bool loose = false;  // blank lines between its items
};
// The first list among blocks [begin, end).
std::optional<ListRange> find_list(const Document& document, std::size_t begin, std::size_t end);

// The place for a new block, with the line ends to put around it.
struct Insertion {
  std::size_t at = 0;  // byte
  std::string before;
  std::string after;
};

// After a block and before its blank lines, with an empty line between, or none (`tight`).
Insertion find_insertion_after(const Document& document, std::size_t block, bool tight);

// For the heading of a missing part: before the first later part of the entry's type, else at the end.
Insertion find_part_insertion(const IdentifiedDocument& document, std::string_view name);

// The heading for a missing part: "## Key Facts".
std::string part_heading(const Conventions& conventions, std::string_view name);

}  // namespace stubkeeper::entries
