#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "entries/front_matter_formats/format.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

// The library recurses where a text nests; front matter that nests deeper was not written by a person.
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
    // "- - - -" nests by marker; a long rule of dashes within a quoted text does no harm by being refused
    // too.
    if (markers > 1000) return true;
  }
  return false;
}

// A field's lines in the text: [first, last] of the line list.
struct FieldLineRange {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t value = 0;  // where the value begins in the text: after "name:"
};

std::optional<FieldLineRange> find_field(std::string_view text, const std::vector<Line>& lines,
                                     std::string_view name) {
  const std::string plain = std::string{name} + ":";
  const std::string quoted = "\"" + std::string{name} + "\":";
  const std::string single = "'" + std::string{name} + "':";
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = text.substr(lines[i].begin, lines[i].end - lines[i].begin);
    std::size_t length = 0;
    for (const std::string& form : {plain, quoted, single}) {
      if (line.starts_with(form) &&
          (line.size() == form.size() ||
           std::string_view{" \t\r\n"}.find(line[form.size()]) != std::string_view::npos)) {
        length = form.size();
      }
    }
    if (length == 0) continue;
    FieldLineRange field{i, i, lines[i].begin + length};
    // What is indented, or an item at the margin, still belongs to the field; trailing blank and comment
    // lines do not.
    for (std::size_t k = i + 1; k < lines.size(); ++k) {
      const std::string_view next = text.substr(lines[k].begin, lines[k].end - lines[k].begin);
      if (is_blank(next) || next.starts_with('#')) continue;
      const bool continues =
          next.starts_with(' ') || next.starts_with('\t') || next.starts_with("- ") || next.starts_with("]");
      if (!continues) break;
      field.last = k;
    }
    return field;
  }
  return std::nullopt;
}

// The value's end on its line, before a comment and its white space.
std::size_t find_inline_value_end(std::string_view line, std::size_t begin) {
  const std::size_t start = line.find_first_not_of(" \t", begin);
  if (start == std::string_view::npos) return begin;
  if (line[start] == '"' || line[start] == '\'') {
    for (std::size_t i = start + 1; i < line.size(); ++i) {
      if (line[start] == '"' && line[i] == '\\') {
        ++i;
      } else if (line[i] == line[start]) {
        if (line[start] == '\'' && i + 1 < line.size() && line[i + 1] == '\'') {
          ++i;
          continue;
        }
        return i + 1;
      }
    }
    return line.size();
  }
  if (line[start] == '#') return begin;
  std::size_t end = line.find(" #", start);
  const std::size_t tab_end = line.find("\t#", start);
  end = std::min({end, tab_end, line.size()});
  while (end > start && (line[end - 1] == ' ' || line[end - 1] == '\t')) --end;
  return end;
}

std::string add_field(std::string_view text, const std::string& lines_to_add) {
  std::string result{text};
  const std::string_view ending = detect_line_ending(text);
  if (!result.empty() && !result.ends_with('\n') && !result.ends_with('\r')) result += ending;
  return result + lines_to_add;
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
        return make_error("line " + std::to_string(field.line) + ": field \"" + field.name + "\" is there twice");
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
    return make_error("line " + std::to_string(error.mark.line + 1) + ": " + error.msg);
  } catch (const std::exception& error) {
    return make_error(error.what());
  }
  return fields;
}

std::string set_yaml(std::string_view text, std::string_view name, std::string_view literal) {
  const std::vector<Line> lines = split_lines(text);
  const auto field = find_field(text, lines, name);
  if (!field)
    return add_field(text,
                          std::string{name} + ": " + std::string{literal} + std::string{detect_line_ending(text)});
  const Line& first = lines[field->first];
  const std::string_view line = strip_line_ending(text.substr(first.begin, first.end - first.begin));
  std::string result{text.substr(0, field->value)};
  result += ' ';
  result += literal;
  if (field->last == field->first) {
    const std::size_t end = find_inline_value_end(line, field->value - first.begin);
    result += text.substr(first.begin + end);
  } else {
    // The value went over several lines (a block scalar, a list, a map): they go.
    result += text.substr(first.begin + line.size(), first.end - first.begin - line.size());
    result += text.substr(lines[field->last].end);
  }
  return result;
}

Result<std::string> append_yaml(std::string_view text, std::string_view name, std::string_view value) {
  const std::vector<Line> lines = split_lines(text);
  const auto field = find_field(text, lines, name);
  const std::string ending{detect_line_ending(text)};
  if (!field)
    return add_field(text, std::string{name} + ":" + ending + "  - " + quote_string(value) + ending);
  const Line& first = lines[field->first];
  const std::string_view inline_value = trim(text.substr(field->value, first.end - field->value));
  if (inline_value.starts_with('[')) {
    const std::size_t open = text.find('[', field->value);
    const std::size_t close = find_closing_bracket(text, open);
    if (close == std::string_view::npos || close > lines[field->last].end) {
      return Error{ErrorCode::unsupported,
                   "the list in front-matter field \"" + std::string{name} + "\" does not end", "", ""};
    }
    if (!trim(text.substr(open + 1, close - open - 1)).empty())
      return insert_into_array(text, open, close, quote_string(value));
    // An empty list is written out in block form, one item a line.
    return std::string{text.substr(0, field->value)} + ending + "  - " + quote_string(value) +
           std::string{text.substr(close + 1)};
  }
  if (!inline_value.empty() && !inline_value.starts_with('#')) {
    return Error{ErrorCode::unsupported, "front-matter field \"" + std::string{name} + "\" is no list", "",
                 "make it a list by hand"};
  }
  // After the last item, as it is indented and quoted.
  std::size_t last_item = field->first;
  std::string indent = "  ";
  for (std::size_t i = field->first + 1; i <= field->last; ++i) {
    const std::string_view line = text.substr(lines[i].begin, lines[i].end - lines[i].begin);
    const std::size_t start = line.find_first_not_of(" \t");
    if (start == std::string_view::npos || line[start] != '-') continue;
    if (last_item == field->first) indent = std::string{line.substr(0, start)};
    if (start == indent.size()) last_item = i;
  }
  // A line that continues the last item stays with it.
  std::size_t insert_after = last_item;
  if (last_item != field->first) {
    for (std::size_t i = last_item + 1; i <= field->last; ++i) insert_after = i;
  }
  const std::string_view model =
      text.substr(lines[last_item].begin, lines[last_item].end - lines[last_item].begin);
  const std::size_t model_value = model.find_first_not_of(" \t-");
  const bool single = last_item != field->first && model_value != std::string_view::npos &&
                      model[model_value] == '\'' && value.find('\'') == std::string_view::npos;
  std::string item = indent + "- " + (single ? "'" + std::string{value} + "'" : quote_string(value));
  std::string result{text.substr(0, lines[insert_after].end)};
  if (!result.ends_with('\n') && !result.ends_with('\r')) {
    item = ending + item;
  } else {
    item += ending;
  }
  return result + item + std::string{text.substr(lines[insert_after].end)};
}

}  // namespace stubkeeper::entries
