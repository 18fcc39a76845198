#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entries/front_matter.h"

namespace stubkeeper::entries {

// The fields of front matter's inner text (without delimiters), their lines counted in it; or what is wrong.
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

// The name of the field that a line of YAML begins, in quotes or not, with its length up to the colon; "" and
// 0 where it begins none.
struct YamlFieldName {
  std::string_view name;
  std::size_t length = 0;
};
YamlFieldName parse_yaml_field_name(std::string_view line);

// A text in double quotes, escaped for YAML, TOML and JSON alike.
std::string quote_string(std::string_view text);

// The length of the JSON object at the start of `text`, or 0 where it does not end.
std::size_t json_object_length(std::string_view text);

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
