#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace stubkeeper::entries {

// The date that an item of a list of developments begins with, and how it is written.
struct DatedItem {
  std::string date;            // "2026-07"; "" where it begins with none
  bool is_colon_outside_bold = false;  // "**2025-09**:", and not "**2025-09:**"
  std::size_t text_begin = 0;  // behind date and colon; 0 where it has none of the two
};
// Of an item with its marker.
DatedItem parse_dated_item(std::string_view item);
// Of its text without the marker.
DatedItem parse_dated_text(std::string_view text);

}  // namespace stubkeeper::entries
