#include "entries/front_matter_formats/format.h"

#include "entries/markdown/lines.h"

namespace stubkeeper::entries {

std::string quote_string(std::string_view text) {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (c == '\t') {
      result += "\\t";
    } else if (byte < 0x20 || byte == 0x7F) {
      result += "\\u00";
      result += hex[byte >> 4];
      result += hex[byte & 15];
    } else {
      result += c;
    }
  }
  return result + '"';
}

std::string_view find_inline_value(FrontMatterKind kind, std::string_view field) {
  switch (kind) {
    case FrontMatterKind::yaml:
      return find_inline_yaml_value(field);
    case FrontMatterKind::toml:
      return find_inline_toml_value(field);
    case FrontMatterKind::json:
      return find_inline_json_value(field);
    case FrontMatterKind::none:
      break;
  }
  return {};
}

std::size_t find_closing_bracket(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' || c == '\'') {
      for (++i; i < text.size() && text[i] != c; ++i) {
        if (c == '"' && text[i] == '\\') ++i;
      }
    } else if (c == '#') {
      while (i < text.size() && text[i] != '\n' && text[i] != '\r') ++i;
    } else if (c == '[') {
      ++depth;
    } else if (c == ']' && --depth == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

std::string insert_into_array(std::string_view text, std::size_t open, std::size_t close,
                              std::string_view literal) {
  const std::string_view inside = text.substr(open + 1, close - open - 1);
  std::string result{text.substr(0, close)};
  const std::size_t last = inside.find_last_not_of(" \t\r\n");
  if (last == std::string_view::npos) {
    result.resize(open + 1);
    return result + std::string{literal} + std::string{text.substr(close)};
  }
  const bool comma = inside[last] == ',';
  const std::string tail{inside.substr(last + 1)};
  result.resize(open + 1 + last + 1);
  if (!comma) result += ',';
  const std::size_t line_break = inside.find_first_of("\r\n");
  if (line_break == std::string_view::npos) {
    result += ' ';
  } else {
    // One item a line: as far in as the first item.
    const std::size_t first = inside.find_first_not_of(" \t\r\n");
    const std::size_t line_begin = inside.find_last_of("\r\n", first);
    result += detect_line_ending(inside);
    if (line_begin != std::string_view::npos && line_begin < first)
      result += inside.substr(line_begin + 1, first - line_begin - 1);
  }
  result += literal;
  if (comma) result += ',';
  return result + tail + std::string{text.substr(close)};
}

Error no_list_error(std::string_view name) {
  return {ErrorCode::unsupported, "front-matter field \"" + std::string{name} + "\" is no list", "",
          "make it a list by hand"};
}

Error unclosed_list_error(std::string_view name) {
  return {ErrorCode::unsupported, "the list in front-matter field \"" + std::string{name} + "\" does not end",
          "", ""};
}

}  // namespace stubkeeper::entries
