#include "entries/front_matter_formats/yaml_root.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "base/text/ascii.h"
#include "entries/front_matter_formats/format.h"

namespace stubkeeper::entries {
namespace {

constexpr std::string_view blanks = " \t\r\n";

std::size_t skip_blanks(std::string_view text, std::size_t begin) {
  return std::min(text.find_first_not_of(blanks, begin), text.size());
}

std::optional<YAML::Node> load_map(std::string_view text) {
  try {
    YAML::Node root = YAML::Load(std::string{text});
    if (root.IsMap()) return root;
  } catch (const std::exception&) {  // whoever edits has read the text before, and met its errors there
  }
  return std::nullopt;
}

// The end of a plain scalar or an alias in a flow map: before ',', '}' or a comment.
std::size_t plain_end_in_flow(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && text[end] != ',' && text[end] != '}' && text[end] != '\n' &&
         !(text[end] == '#' && end > begin && is_ascii_space(text[end - 1])))
    ++end;
  while (end > begin && is_ascii_space(text[end - 1])) --end;
  return end;
}

// Where the value of the field begins whose name is at `name_begin`; npos where no colon follows the name.
std::size_t value_begin(std::string_view text, std::size_t name_begin, std::size_t name_length) {
  const bool is_quoted = text[name_begin] == '"' || text[name_begin] == '\'';
  const std::size_t end = is_quoted ? find_quoted_end(text, name_begin) : name_begin + name_length;
  const std::size_t colon = skip_blanks(text, end);
  return colon < text.size() && text[colon] == ':' ? skip_blanks(text, colon + 1) : std::string_view::npos;
}

std::string splice(std::string_view text, std::size_t begin, std::size_t end, std::string_view replacement) {
  return std::string{text.substr(0, begin)} + std::string{replacement} + std::string{text.substr(end)};
}

std::optional<std::string> add_to_flow_map(std::string_view text, const std::string& field) {
  const std::size_t close = text.rfind('}');
  if (close == std::string_view::npos) return std::nullopt;
  const std::size_t last = text.find_last_not_of(blanks, close == 0 ? 0 : close - 1);
  const bool needs_comma = last != std::string_view::npos && text[last] != '{' && text[last] != ',';
  const std::size_t at = last == std::string_view::npos ? close : last + 1;
  return splice(text, at, at, (needs_comma ? ", " : text[last] == ',' ? " " : "") + field);
}

std::size_t word_end(std::string_view text, std::size_t begin) {
  return std::min(text.find_first_of(" \t\r\n,]}", begin), text.size());
}

// Whether the first line with words begins a field at the margin, as nearly every front matter does.
bool begins_at_margin(std::string_view text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t first = line.find_first_not_of(blanks);
    if (first != std::string_view::npos && line[first] != '#') return first == 0 && is_ascii_letter(line[0]);
    begin = end + 1;
  }
  return false;
}

}  // namespace

YamlRoot parse_yaml_root(std::string_view text) {
  // Without the library, as each field that is set asks.
  if (begins_at_margin(text)) return {};
  const auto root = load_map(text);
  if (!root) return {};
  const bool is_flow = root->Style() == YAML::EmitterStyle::Flow;
  if (is_flow || root->size() == 0) return {is_flow, 0};
  return {false, static_cast<std::size_t>(root->begin()->first.Mark().column)};
}

std::optional<std::string> set_in_flow_map(std::string_view text, std::string_view name,
                                           std::string_view literal) {
  const auto root = load_map(text);
  if (!root) return std::nullopt;
  for (const auto& field : *root) {
    if (!field.first.IsScalar() || field.first.Scalar() != name) continue;
    const auto name_begin = static_cast<std::size_t>(field.first.Mark().pos);
    const std::size_t begin = value_begin(text, name_begin, name.size());
    if (begin >= text.size() || !field.second.IsScalar()) return std::nullopt;
    if (auto moved = set_anchored_scalar(text, begin, literal)) return moved;
    const bool is_quoted = text[begin] == '"' || text[begin] == '\'';
    return splice(text, begin, is_quoted ? find_quoted_end(text, begin) : plain_end_in_flow(text, begin),
                  literal);
  }
  return add_to_flow_map(text, std::string{name} + ": " + std::string{literal});
}

std::optional<std::string> set_anchored_scalar(std::string_view text, std::size_t begin,
                                               std::string_view literal) {
  if (begin >= text.size()) return std::nullopt;
  const std::size_t name_end = word_end(text, begin);
  if (text[begin] == '*') return splice(text, begin, name_end, literal);
  if (text[begin] != '&') return std::nullopt;
  const std::string anchor{text.substr(begin + 1, name_end - begin - 1)};
  const std::size_t value = text.find_first_not_of(" \t", name_end);
  if (value == std::string_view::npos) return std::nullopt;
  const bool is_quoted = text[value] == '"' || text[value] == '\'';
  const std::size_t value_end = is_quoted ? find_quoted_end(text, value) : word_end(text, value);
  const std::string_view old_value = text.substr(value, value_end - value);
  std::string rest{text.substr(value_end)};
  const std::string alias = "*" + anchor;
  for (std::size_t at = rest.find(alias); at != std::string::npos; at = rest.find(alias, at + 1)) {
    if (word_end(rest, at) != at + alias.size()) continue;
    rest.replace(at, alias.size(), "&" + anchor + " " + std::string{old_value});
    break;
  }
  return std::string{text.substr(0, begin)} + std::string{literal} + rest;
}

}  // namespace stubkeeper::entries
