#include "entries/edits/list_items.h"

#include <algorithm>

#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

constexpr std::size_t max_name_length = 40;

std::string without_emphasis(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c != '*' && c != '_') plain += c;
  }
  return std::string{trim(plain)};
}

}  // namespace

std::string_view list_marker(std::string_view item) {
  std::size_t end = item.find_first_not_of(" \t");
  if (end == std::string_view::npos) return {};
  while (end < item.size() && item[end] >= '0' && item[end] <= '9') ++end;
  ++end;  // '-', '*', '+', '.' or ')'
  const std::size_t text = item.find_first_not_of(" \t", end);
  if (text == std::string_view::npos || item[text] == '\n' || item[text] == '\r' || text - end > 4)
    end = std::min(end + 1, item.size());
  else
    end = text;
  return item.substr(0, end);
}

std::string_view task_box(std::string_view text) {
  const bool is_box = text.size() > 3 && text[0] == '[' && text[2] == ']' &&
                      (text[3] == ' ' || text[3] == '\t') &&
                      std::string_view{" xX"}.find(text[1]) != std::string_view::npos;
  return text.substr(0, is_box ? std::min(text.find_first_not_of(" \t", 3), text.size()) : 0);
}

std::optional<Fact> parse_fact(std::string_view item) {
  item.remove_prefix(std::min(list_marker(item).size(), item.size()));
  const std::string_view line = item.substr(0, item.find_first_of("\r\n"));
  const std::size_t colon = line.substr(0, max_name_length + 8).find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  Fact fact;
  fact.name = without_emphasis(line.substr(0, colon));
  if (fact.name.empty() || fact.name.size() > max_name_length ||
      fact.name.find_first_of("[]<>|") != std::string::npos)
    return std::nullopt;
  std::string_view value = item.substr(colon + 1);
  // The emphasis may close after the colon.
  while (value.starts_with('*')) value.remove_prefix(1);
  fact.value = std::string{trim(value)};
  return fact;
}

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
  std::size_t text = list_marker(item).size();
  text += task_box(item.substr(text)).size();
  DatedItem result = parse_dated_text(item.substr(text));
  if (result.text_begin > 0) result.text_begin += text;
  return result;
}

}  // namespace stubkeeper::entries
