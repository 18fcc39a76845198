#include <algorithm>
#include <sstream>

#include "base/text/toml_validation.h"
#include "entries/front_matter_formats/format.h"
#include "entries/markdown/lines.h"
#include "entries/toml_library.h"

namespace stubkeeper::entries {
namespace {

std::optional<std::string> scalar_text(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (node.is_value()) {
    std::ostringstream out;
    out << toml::default_formatter{node};
    return out.str();
  }
  return std::nullopt;
}

// Where a top-level key's value begins, and where the top-level table ends (at the first [table],
// or the end).
struct FieldPosition {
  std::size_t value = std::string_view::npos;
  std::size_t table_end = 0;
};

FieldPosition find_field_position(std::string_view text, std::string_view name) {
  FieldPosition place;
  place.table_end = text.size();
  bool in_value = false;
  std::size_t value_end = 0;
  for (const Line& line : split_lines(text)) {
    if (in_value && line.begin < value_end) continue;
    const std::string_view content = trim(text.substr(line.begin, line.end - line.begin));
    if (content.starts_with('[')) {
      place.table_end = line.begin;
      return place;
    }
    const std::size_t equals = content.find('=');
    if (content.starts_with('#') || equals == std::string_view::npos) continue;
    std::string_view key = trim(content.substr(0, equals));
    if (key.size() >= 2 && (key.front() == '"' || key.front() == '\'') && key.back() == key.front())
      key = key.substr(1, key.size() - 2);
    const std::size_t value = text.find('=', line.begin) + 1;
    const std::size_t start = text.find_first_not_of(" \t", value);
    // Arrays and texts of several lines are passed over whole.
    value_end = line.end;
    if (start != std::string_view::npos && text[start] == '[') {
      const std::size_t close = find_closing_bracket(text, start);
      if (close != std::string_view::npos) value_end = close;
    } else if (start != std::string_view::npos &&
               (text.substr(start, 3) == "\"\"\"" || text.substr(start, 3) == "'''")) {
      const std::size_t close = text.find(text.substr(start, 3), start + 3);
      if (close != std::string_view::npos) value_end = close + 3;
    }
    in_value = true;
    if (key == name) {
      place.value = value;
      return place;
    }
  }
  return place;
}

std::size_t find_value_end(std::string_view text, std::size_t start) {
  if (text[start] == '[') {
    const std::size_t close = find_closing_bracket(text, start);
    return close == std::string_view::npos ? text.size() : close + 1;
  }
  for (const std::string_view mark : {"\"\"\"", "'''", "\"", "'"}) {
    if (text.substr(start, mark.size()) != mark) continue;
    for (std::size_t i = start + mark.size(); i < text.size(); ++i) {
      if (mark[0] == '"' && text[i] == '\\') {
        ++i;
      } else if (text.substr(i, mark.size()) == mark) {
        return i + mark.size();
      }
    }
    return text.size();
  }
  std::size_t end = text.find_first_of("#\r\n", start);
  if (end == std::string_view::npos) end = text.size();
  while (end > start && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  return end;
}

std::string add_field(std::string_view text, const FieldPosition& place, const std::string& field) {
  const std::string_view before = text.substr(0, place.table_end);
  const std::string ending{detect_line_ending(text)};
  const bool ended = before.empty() || ends_with_line_ending(before);
  return std::string{before} + (ended ? "" : ending) + field + ending +
         std::string{text.substr(place.table_end)};
}

}  // namespace

Result<std::vector<FrontMatterField>> parse_toml_fields(std::string_view text) {
  if (const auto bad = first_invalid_toml_byte(text)) {
    const auto line = 2 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*bad), '\n');
    return Error{ErrorCode::invalid_argument,
                 "line " + std::to_string(line) + ": holds a character that TOML has no place for there", "",
                 ""};
  }
  const toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    return Error{ErrorCode::invalid_argument,
                 "line " + std::to_string(parsed.error().source().begin.line) + ": " +
                     std::string{parsed.error().description()},
                 "", ""};
  }
  std::vector<FrontMatterField> fields;
  for (const auto& [key, node] : parsed.table()) {
    FrontMatterField field;
    field.name = std::string{key.str()};
    field.line = key.source().begin.line;
    field.scalar = scalar_text(node);
    if (const auto* list = node.as_array()) {
      for (const toml::node& item : *list) {
        if (auto item_text = scalar_text(item)) field.list.push_back(*std::move(item_text));
      }
    }
    fields.push_back(std::move(field));
  }
  std::sort(fields.begin(), fields.end(),
            [](const FrontMatterField& a, const FrontMatterField& b) { return a.line < b.line; });
  return fields;
}

std::string set_toml(std::string_view text, std::string_view name, std::string_view literal) {
  const FieldPosition place = find_field_position(text, name);
  if (place.value == std::string_view::npos)
    return add_field(text, place, std::string{name} + " = " + std::string{literal});
  const std::size_t start = text.find_first_not_of(" \t", place.value);
  return std::string{text.substr(0, start)} + std::string{literal} +
         std::string{text.substr(find_value_end(text, start))};
}

Result<std::string> append_toml(std::string_view text, std::string_view name, std::string_view value) {
  const FieldPosition place = find_field_position(text, name);
  if (place.value == std::string_view::npos)
    return add_field(text, place, std::string{name} + " = [" + quote_string(value) + "]");
  const std::size_t start = text.find_first_not_of(" \t", place.value);
  if (start == std::string_view::npos || text[start] != '[') return no_list_error(name);
  const std::size_t close = find_closing_bracket(text, start);
  if (close == std::string_view::npos) return unclosed_list_error(name);
  return insert_into_array(text, start, close, quote_string(value));
}

}  // namespace stubkeeper::entries
