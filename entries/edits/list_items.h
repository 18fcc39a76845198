#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace stubkeeper::entries {

// A list item's marker with its indentation and the space after it: "- ", "  * ", "3. ".
std::string_view list_marker(std::string_view item);

// The box of an item in a task list with the space after it ("[x] "), at the beginning of its text without the
// marker; else "".
std::string_view task_box(std::string_view text);

// A fact in a list item: "- **HQ:** Aarhus", "* Founded: 2001", "- **Type**: Private". Without emphasis,
// colon and white space around.
struct Fact {
  std::string name;
  std::string value;
};

// The fact of a list item, or nothing. A name has at most 40 bytes, no link, and is on the item's first line.
std::optional<Fact> parse_fact(std::string_view item);

// The date at the beginning of an item in a list of developments.
struct DatedItem {
  std::string date;                    // "2026-07"; "" where there is none
  bool is_colon_outside_bold = false;  // "**2025-09**:", not "**2025-09:**"
  std::size_t text_begin = 0;          // after date and colon; 0 where one is missing
};
// Of an item with its marker, and a task's box.
DatedItem parse_dated_item(std::string_view item);
// Of its text without the marker.
DatedItem parse_dated_text(std::string_view text);

}  // namespace stubkeeper::entries
