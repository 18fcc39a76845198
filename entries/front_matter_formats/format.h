#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entries/front_matter.h"

namespace stubkeeper::entries {

// A top-level field as a format's library reads it.
struct FrontMatterField {
  std::string name;
  std::optional<std::string> scalar;
  std::vector<std::string> list;
  std::size_t line = 0;  // 1-based, within the text given
};

// The fields of a front matter's inner text (without delimiters), or what is wrong with it.
Result<std::vector<FrontMatterField>> parse_yaml_fields(std::string_view text);
Result<std::vector<FrontMatterField>> parse_toml_fields(std::string_view text);
Result<std::vector<FrontMatterField>> parse_json_fields(std::string_view text);

// The inner text with a scalar set or a list item appended in place; every byte of other fields stays.
// `literal` is the value as the format writes it.
std::string set_yaml(std::string_view text, std::string_view name, std::string_view literal);
std::string set_toml(std::string_view text, std::string_view name, std::string_view literal);
Result<std::string> set_json(std::string_view text, std::string_view name, std::string_view literal);
Result<std::string> append_yaml(std::string_view text, std::string_view name, std::string_view value);
Result<std::string> append_toml(std::string_view text, std::string_view name, std::string_view value);
Result<std::string> append_json(std::string_view text, std::string_view name, std::string_view value);

// A text in double quotes, escaped so that YAML, TOML and JSON read the same text from it.
std::string quote_string(std::string_view text);

// The length of the JSON object at the start of `text`, or 0 where it does not end.
std::size_t json_object_length(std::string_view text);

// Where the array whose '[' stands at `open` ends (the position of its ']'), quoted strings and # comments
// passed over; npos where it does not.
std::size_t find_closing_bracket(std::string_view text, std::size_t open);

// `text` with one more item before the bracket at `close` of the array that opens at `open`, in the style of
// the items that are there.
std::string insert_into_array(std::string_view text, std::size_t open, std::size_t close,
                              std::string_view literal);

}  // namespace stubkeeper::entries
