#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "base/text/ascii.h"
#include "entries/front_matter_formats/format.h"
#include "entries/front_matter_formats/yaml_root.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

// The library recurses where a text nests; front matter that nests deeper was not written by a
// person.
constexpr int max_nesting = 64;
constexpr std::size_t max_front_matter_bytes = 1'000'000;

bool is_nested_too_deep(std::string_view text) {
  int flow = 0;
  int markers = 0;
  std::size_t indent = 0;
  bool line_begins = true;
  for (const char c : text) {
    if (c == '\n') {
      markers = 0;
      indent = 0;
      line_begins = true;
      continue;
    }
    if (line_begins && c == ' ') {
      if (++indent > 4U * max_nesting) return true;
      continue;
    }
    line_begins = false;
    if (c == '[' || c == '{') ++flow;
    if ((c == ']' || c == '}') && flow > 0) --flow;
    if (c == '-' || c == '?' || c == ':' || c == '!' || c == '&') ++markers;
    if (flow > max_nesting) return true;
    // "- - - -" nests by marker; a long rule of dashes within a quoted text does no harm by being
    // refused too.
    if (markers > 1000) return true;
  }
  return false;
}

// Whether a blank, or nothing, is at a place of a line.
bool ends_word(std::string_view line, std::size_t at) {
  return at == line.size() || std::string_view{" \t\r\n"}.find(line[at]) != std::string_view::npos;
}

// A field's place in the text.
struct FieldPosition {
  std::size_t value = 0;           // after "name:"
  std::size_t first_line_end = 0;  // with its line end
  std::size_t end = 0;             // of its last line, before blank and comment lines
};

// The field of a block map whose names are indented by `indent`.
std::optional<FieldPosition> find_field(std::string_view text, std::string_view name, std::size_t indent) {
  std::optional<FieldPosition> field;
  for (const Line& line : split_lines(text)) {
    std::string_view words = text.substr(line.begin, line.end - line.begin);
    const std::size_t dedent = std::min({indent, words.find_first_not_of(' '), words.size()});
    words.remove_prefix(dedent);
    if (!field) {
      const YamlFieldName found = parse_yaml_field_name(words);
      if (!found.name.empty() && found.name == name && dedent == indent)
        field = FieldPosition{line.begin + dedent + found.length, line.end, line.end};
    } else if (words.starts_with(' ') || words.starts_with('\t') || words.starts_with("- ") ||
               words.starts_with(']')) {
      // What is indented, or an item at the margin, belongs to the field.
      if (!is_blank(words)) field->end = line.end;
    } else if (!is_blank(words) && !words.starts_with('#')) {
      break;
    }
  }
  return field;
}

// The value's end on its line, before a comment and its white space.
std::size_t find_inline_value_end(std::string_view line, std::size_t begin) {
  const std::size_t start = line.find_first_not_of(" \t", begin);
  if (start == std::string_view::npos) return begin;
  if (line[start] == '"' || line[start] == '\'') return find_quoted_end(line, start);
  if (line[start] == '#') return begin;
  std::size_t end = line.find(" #", start);
  const std::size_t tab_end = line.find("\t#", start);
  end = std::min({end, tab_end, line.size()});
  while (end > start && (line[end - 1] == ' ' || line[end - 1] == '\t')) --end;
  return end;
}

Error flow_map_error(std::string_view name) {
  return {ErrorCode::unsupported,
          "the front matter is a flow map, in which \"" + std::string{name} + "\" gets no new item", "",
          "write its fields on lines of their own"};
}

std::string add_field(std::string_view text, const std::string& lines_to_add) {
  const bool ended = text.empty() || ends_with_line_ending(text);
  return std::string{text} + (ended ? "" : std::string{detect_line_ending(text)}) + lines_to_add;
}

}  // namespace

Result<std::vector<FrontMatterField>> parse_yaml_fields(std::string_view text) {
  const auto make_error = [](const std::string& message) {
    return Error{ErrorCode::invalid_argument, message, "", ""};
  };
  if (text.size() > max_front_matter_bytes) return make_error("front matter is larger than 1 MB");
  if (is_nested_too_deep(text)) return make_error("front matter nests too deep");
  std::vector<FrontMatterField> fields;
  try {
    const YAML::Node root = YAML::Load(std::string{text});
    if (root.IsNull()) return fields;
    if (!root.IsMap()) return make_error("front matter is no list of fields");
    std::set<std::string> names;
    for (const auto& pair : root) {
      FrontMatterField field;
      if (!pair.first.IsScalar()) return make_error("a field has no plain name");
      field.name = pair.first.Scalar();
      field.line = static_cast<std::size_t>(pair.first.Mark().line) + 1;
      if (!names.insert(field.name).second) {
        return make_error("line " + std::to_string(field.line + 1) + ": field \"" + field.name +
                          "\" is there twice");
      }
      if (pair.second.IsScalar()) {
        field.scalar = pair.second.Scalar();
      } else if (pair.second.IsSequence()) {
        for (const YAML::Node& item : pair.second) {
          if (item.IsScalar()) field.list.push_back(item.Scalar());
        }
      }
      fields.push_back(std::move(field));
    }
  } catch (const YAML::Exception& error) {
    return make_error("line " + std::to_string(error.mark.line + 2) + ": " + error.msg);
  } catch (const std::exception& error) {
    return make_error(error.what());
  }
  return fields;
}

std::size_t find_quoted_end(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  for (std::size_t i = begin + 1; i < text.size(); ++i) {
    if (quote == '"' && text[i] == '\\') {
      ++i;
    } else if (text[i] == quote) {
      if (quote == '"' || i + 1 >= text.size() || text[i + 1] != quote) return i + 1;
      ++i;
    }
  }
  return text.size();
}

YamlFieldName parse_yaml_field_name(std::string_view line) {
  if (line.empty() ||
      std::string_view{" \t\r\n-?:,[]{}#&*!|>%@`"}.find(line.front()) != std::string_view::npos)
    return {};
  const bool quoted = line.front() == '"' || line.front() == '\'';
  std::size_t colon = 0;
  std::string_view name;
  if (quoted) {
    const std::size_t close = line.find(line.front(), 1);
    if (close == std::string_view::npos) return {};
    name = line.substr(1, close - 1);
    colon = line.find_first_not_of(" \t", close + 1);
    if (colon == std::string_view::npos || line[colon] != ':') return {};
  } else {
    while (colon < line.size() && (line[colon] != ':' || !ends_word(line, colon + 1))) ++colon;
    name = trim(line.substr(0, colon));
    if (colon == line.size() || name.find(" #") != std::string_view::npos) return {};
  }
  if (name.empty() || !ends_word(line, colon + 1)) return {};
  return {name, colon + 1};
}

std::string_view find_inline_yaml_value(std::string_view field) {
  std::string_view line = strip_line_ending(field.substr(0, find_line_end(field, 0)));
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const std::size_t name_length = parse_yaml_field_name(line).length;
  const std::size_t begin = line.find_first_not_of(" \t", name_length);
  if (name_length == 0 || begin == std::string_view::npos) return {};
  if (std::string_view{"|>[{&*!"}.find(line[begin]) != std::string_view::npos) return {};
  const std::string_view value = line.substr(begin, find_inline_value_end(line, begin) - begin);
  const bool quoted = line[begin] == '"' || line[begin] == '\'';
  return quoted && (value.size() < 2 || value.back() != value.front()) ? std::string_view{} : value;
}

std::string set_yaml(std::string_view text, std::string_view name, std::string_view literal) {
  const YamlRoot root = parse_yaml_root(text);
  if (root.is_flow) return set_in_flow_map(text, name, literal).value_or(std::string{text});
  const auto field = find_field(text, name, root.indent);
  if (!field) {
    return add_field(text, std::string(root.indent, ' ') + std::string{name} + ": " + std::string{literal} +
                               std::string{detect_line_ending(text)});
  }
  if (auto moved = set_anchored_scalar(text, text.find_first_not_of(" \t", field->value), literal))
    return *std::move(moved);
  const std::string_view line = text.substr(0, field->first_line_end);
  std::string result = std::string{text.substr(0, field->value)} + ' ' + std::string{literal};
  if (field->end == field->first_line_end)
    return result.append(text.substr(find_inline_value_end(strip_line_ending(line), field->value)));
  // The value went over several lines (a block scalar, a list, a map): they go.
  result += line.substr(strip_line_ending(line).size());
  return result.append(text.substr(field->end));
}

Result<std::string> append_yaml(std::string_view text, std::string_view name, std::string_view value) {
  const YamlRoot root = parse_yaml_root(text);
  if (root.is_flow) return flow_map_error(name);
  const auto field = find_field(text, name, root.indent);
  const std::string ending{detect_line_ending(text)};
  const std::string margin(root.indent, ' ');
  if (!field) {
    return add_field(
        text, margin + std::string{name} + ":" + ending + margin + "  - " + quote_string(value) + ending);
  }
  const std::string_view inline_value = trim(text.substr(field->value, field->first_line_end - field->value));
  if (inline_value.starts_with('[')) {
    const std::size_t open = text.find('[', field->value);
    const std::size_t close = find_closing_bracket(text, open);
    if (close == std::string_view::npos || close > field->end) return unclosed_list_error(name);
    if (!trim(text.substr(open + 1, close - open - 1)).empty())
      return insert_into_array(text, open, close, quote_string(value));
    // An empty list is written out in block form, one item a line.
    return std::string{text.substr(0, field->value)} + ending + margin + "  - " + quote_string(value) +
           std::string{text.substr(close + 1)};
  }
  if (!inline_value.empty() && !inline_value.starts_with('#')) return no_list_error(name);
  // After the last item, as the items are indented and the last of them is quoted.
  std::string indent = margin + "  ";
  std::string_view last_item;
  for (const std::string_view line :
       split_line_texts(text.substr(field->first_line_end, field->end - field->first_line_end))) {
    const std::size_t start = line.find_first_not_of(" \t");
    if (start == std::string_view::npos || line[start] != '-') continue;
    if (last_item.empty()) indent = std::string{line.substr(0, start)};
    if (start == indent.size()) last_item = line;
  }
  const std::size_t item_value = last_item.find_first_not_of(" \t-");
  const bool single = item_value != std::string_view::npos && last_item[item_value] == '\'' &&
                      value.find('\'') == std::string_view::npos;
  const std::string item = indent + "- " + (single ? "'" + std::string{value} + "'" : quote_string(value));
  const std::size_t end = last_item.empty() ? field->first_line_end : field->end;
  const std::string_view before = text.substr(0, end);
  return std::string{before} + (ends_with_line_ending(before) ? item + ending : ending + item) +
         std::string{text.substr(end)};
}

}  // namespace stubkeeper::entries
