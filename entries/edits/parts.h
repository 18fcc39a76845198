#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "entries/conventions.h"
#include "entries/document.h"
#include "entries/identified_document.h"

namespace stubkeeper::entries {

// A part of a document: its heading of level 2, and the blocks [first, direct_end) that stand directly below it,
// before any deeper heading; `end` is after everything that belongs to it. Indices of blocks.
struct PartRange {
  std::size_t heading = 0;
  std::size_t first = 0;
  std::size_t direct_end = 0;
  std::size_t end = 0;
};

// The part that a name stands for: the heading itself, or another heading of the same part, or the part that
// is called so in the conventions ("key-facts").
std::optional<PartRange> find_part(const Conventions& conventions, const Document& document,
                                   std::string_view name);

// The first list among blocks [begin, end): its items (nested ones too, and blank lines between them) are
// [first, last].
struct ListRange {
  std::size_t first = 0;
  std::size_t last = 0;
  bool loose = false;  // blank lines between its items
};
std::optional<ListRange> find_list(const Document& document, std::size_t begin, std::size_t end);

// An item's marker with what stands before it and the space after it: "- ", "  * ", "3. ".
std::string_view list_marker(std::string_view item);

// Where a new block goes: bytes, and what stands around it.
struct Insertion {
  std::size_t at = 0;
  std::string before;  // line ends that part it from what stands before
  std::string after;
};

// After a block (and before the blank lines that follow it), parted by one empty line, or by none (`tight`).
Insertion find_insertion_after(const Document& document, std::size_t block, bool tight);

// For the heading of a part that is missing: before the first part that comes later in the order of the
// entry's type, else at the end.
Insertion find_part_insertion(const IdentifiedDocument& document, std::string_view name);

// The heading that is written for a part that is missing.
std::string part_heading(const Conventions& conventions, std::string_view name);

}  // namespace stubkeeper::entries
