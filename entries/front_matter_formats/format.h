#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "entries/front_matter.h"

namespace stubkeeper::entries {

// The fields of front matter's inner text (without delimiters), their lines counted in it; or what is wrong, with
// its line in the page ("line 3: ...").
Result<std::vector<FrontMatterField>> parse_yaml_fields(std::string_view text);
Result<std::vector<FrontMatterField>> parse_toml_fields(std::string_view text);
Result<std::vector<FrontMatterField>> parse_json_fields(std::string_view text);

// The inner text with a scalar set or a list item appended in place; other fields keep their bytes. `literal`
// is the value as the format writes it.
std::string set_yaml(std::string_view text, std::string_view name, std::string_view literal);
std::string set_toml(std::string_view text, std::string_view name, std::string_view literal);
Result<std::string> set_json(std::string_view text, std::string_view name, std::string_view literal);
Result<std::string> append_yaml(std::string_view text, std::string_view name, std::string_view value);
Result<std::string> append_toml(std::string_view text, std::string_view name, std::string_view value);
Result<std::string> append_json(std::string_view text, std::string_view name, std::string_view value);

// The name of the field that a line of YAML begins, without its quotation marks, with its length up to and with
// the colon; "" and 0 where it begins none.
struct YamlFieldName {
  std::string_view name;
  std::size_t length = 0;
};
YamlFieldName parse_yaml_field_name(std::string_view line);

// A TOML key with its value, at the beginning of a line of `text`; name "" where there is none.
struct TomlField {
  std::string_view name;        // without quotation marks
  std::size_t value_begin = 0;  // in `text`
  std::size_t value_end = 0;    // of an array or a text of several lines too
};
TomlField parse_toml_field(std::string_view text, std::size_t line_begin);

// A member of a JSON object, from the brace or comma before it to the end of its value.
struct JsonMember {
  std::string name;
  std::string_view text;
};
// The members of the first object in a text, which is well-formed; none where there is no object.
std::vector<JsonMember> json_members(std::string_view object);

// The value of a field in its text, as it is written, where it is one scalar on the line of its name; else an
// empty view.
std::string_view find_inline_value(FrontMatterKind kind, std::string_view field);
std::string_view find_inline_yaml_value(std::string_view field);
std::string_view find_inline_toml_value(std::string_view field);
std::string_view find_inline_json_value(std::string_view field);

// A text in double quotes, escaped for YAML, TOML and JSON alike.
std::string quote_string(std::string_view text);

// The length of the JSON object at the start of `text`, or 0 where it does not end.
std::size_t json_object_length(std::string_view text);

// The end of the YAML scalar in quotes that begins at `begin`, after its closing quote; the end of the text where
// there is none.
std::size_t find_quoted_end(std::string_view text, std::size_t begin);

// The position of the ']' of the array that opens at `open`, past quoted strings and # comments; npos where
// there is none.
std::size_t find_closing_bracket(std::string_view text, std::size_t open);

// `text` with one more item before the bracket at `close` of the array that opens at `open`, in its style.
std::string insert_into_array(std::string_view text, std::size_t open, std::size_t close,
                              std::string_view literal);

// unsupported: the field `name` is no list, or a list that does not end.
Error no_list_error(std::string_view name);
Error unclosed_list_error(std::string_view name);

}  // namespace stubkeeper::entries
