#include "entries/edits/dated_item.h"

#include "entries/edits/parts.h"

namespace stubkeeper::entries {

DatedItem parse_dated_text(std::string_view text) {
  constexpr std::string_view bold = "**";
  DatedItem result;
  if (!text.starts_with(bold)) return result;
  const std::string_view rest = text.substr(bold.size());
  std::size_t length = 0;
  while (length < rest.size() && ((rest[length] >= '0' && rest[length] <= '9') || rest[length] == '-'))
    ++length;
  if (length != 4 && length != 7 && length != 10) return result;
  result.date = std::string{rest.substr(0, length)};
  const std::string_view behind = rest.substr(length, 3);
  result.is_colon_outside_bold = behind == "**:";
  if (result.is_colon_outside_bold || behind == ":**") {
    result.text_begin = text.find_first_not_of(' ', bold.size() + length + behind.size());
    if (result.text_begin == std::string_view::npos) result.text_begin = text.size();
  }
  return result;
}

DatedItem parse_dated_item(std::string_view item) {
  const std::size_t marker = list_marker(item).size();
  DatedItem result = parse_dated_text(item.substr(marker));
  if (result.text_begin > 0) result.text_begin += marker;
  return result;
}

}  // namespace stubkeeper::entries
