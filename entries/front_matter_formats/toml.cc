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

FieldPosition find_field_position(std::string_view text, std::string_view name) {
  FieldPosition place;
  place.table_end = text.size();
  std::size_t value_end = 0;
  for (const Line& line : split_lines(text)) {
    // Arrays and texts of several lines are passed over whole.
    if (line.begin < value_end) continue;
    if (trim(text.substr(line.begin, line.end - line.begin)).starts_with('[')) {
      place.table_end = line.begin;
      return place;
    }
    const TomlField field = parse_toml_field(text, line.begin);
    if (field.name.empty()) continue;
    value_end = field.value_end;
    if (field.name == name) {
      place.value = field.value_begin;
      return place;
    }
  }
  return place;
}

std::string add_field(std::string_view text, const FieldPosition& place, const std::string& field) {
  const std::string_view before = text.substr(0, place.table_end);
  const std::string ending{detect_line_ending(text)};
  const bool ended = before.empty() || ends_with_line_ending(before);
  return std::string{before} + (ended ? "" : ending) + field + ending +
         std::string{text.substr(place.table_end)};
}

}  // namespace

TomlField parse_toml_field(std::string_view text, std::size_t line_begin) {
  const std::size_t line_end = find_line_end(text, line_begin);
  const std::string_view line = strip_line_ending(text.substr(0, line_end));
  const std::size_t key = line.find_first_not_of(" \t", line_begin);
  if (key == std::string_view::npos || line[key] == '#' || line[key] == '[') return {};
  const bool quoted = line[key] == '"' || line[key] == '\'';
  const std::size_t key_end = quoted ? line.find(line[key], key + 1) : key;
  if (key_end == std::string_view::npos) return {};
  const std::size_t equals = line.find('=', key_end);
  if (equals == std::string_view::npos) return {};
  const std::string_view name =
      quoted ? line.substr(key + 1, key_end - key - 1) : trim(line.substr(key, equals - key));
  const std::size_t value = line.find_first_not_of(" \t", equals + 1);
  if (value == std::string_view::npos) return {};
  return {name, value, find_value_end(text, value)};
}

std::string_view find_inline_toml_value(std::string_view field) {
  const TomlField parsed = parse_toml_field(field, 0);
  const bool in_line = parsed.value_end <= strip_line_ending(field.substr(0, find_line_end(field, 0))).size();
  if (parsed.name.empty() || !in_line || field[parsed.value_begin] == '[' || field[parsed.value_begin] == '{')
    return {};
  return field.substr(parsed.value_begin, parsed.value_end - parsed.value_begin);
}

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
                 "line " + std::to_string(parsed.error().source().begin.line + 1) + ": " +
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
  return std::string{text.substr(0, place.value)} + std::string{literal} +
         std::string{text.substr(find_value_end(text, place.value))};
}

Result<std::string> append_toml(std::string_view text, std::string_view name, std::string_view value) {
  const FieldPosition place = find_field_position(text, name);
  if (place.value == std::string_view::npos)
    return add_field(text, place, std::string{name} + " = [" + quote_string(value) + "]");
  if (text[place.value] != '[') return no_list_error(name);
  const std::size_t close = find_closing_bracket(text, place.value);
  if (close == std::string_view::npos) return unclosed_list_error(name);
  return insert_into_array(text, place.value, close, quote_string(value));
}

}  // namespace stubkeeper::entries
