#include <nlohmann/json.hpp>

#include "entries/front_matter_formats/format.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

constexpr int max_nesting = 64;

// The position after the JSON string that begins at `at`.
std::size_t skip_string(std::string_view text, std::size_t at) {
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return text.size();
}

struct Member {
  std::size_t name = 0;  // position of its opening quotation mark
  std::size_t value = 0;
  std::size_t end = 0;  // after the value
};

// The members of the object that the text is. The text has been parsed before, so that it is
// well-formed.
std::vector<Member> parse_members(std::string_view text) {
  std::vector<Member> members;
  int depth = 0;
  bool expects_name = false;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '"') {
      const std::size_t end = skip_string(text, i);
      if (depth == 1 && expects_name) {
        Member member;
        member.name = i;
        member.value = text.find_first_not_of(" \t\r\n:", end);
        members.push_back(member);
        expects_name = false;
        i = member.value;
        continue;
      }
      i = end;
    } else {
      if (c == '{' || c == '[') {
        ++depth;
        if (depth == 1) expects_name = true;
      }
      if (c == '}' || c == ']') --depth;
      if (c == ',' && depth == 1) expects_name = true;
      ++i;
    }
    if (depth == 1 && !expects_name && !members.empty() && (c != ' ' && c != '\t' && c != '\r' && c != '\n'))
      members.back().end = i;
  }
  return members;
}

const Member* find_member(std::string_view text, const std::vector<Member>& members, std::string_view name) {
  for (const Member& member : members) {
    const std::string_view literal = text.substr(member.name, skip_string(text, member.name) - member.name);
    const auto parsed = nlohmann::json::parse(literal, nullptr, false);
    if (parsed.is_string() && parsed.get_ref<const std::string&>() == name) return &member;
  }
  return nullptr;
}

std::string add_member(std::string_view text, const std::vector<Member>& members, std::string_view name,
                       std::string_view literal) {
  const std::string member = quote_string(name) + ": " + std::string{literal};
  if (members.empty()) {
    const std::size_t open = text.find('{');
    return std::string{text.substr(0, open + 1)} + member + std::string{text.substr(open + 1)};
  }
  const Member& last = members.back();
  // As far in as the last member, on a line of its own where that one has one.
  const std::size_t line_begin = text.find_last_of("\r\n", last.name);
  std::string between = ", ";
  if (line_begin != std::string_view::npos &&
      is_blank(text.substr(line_begin + 1, last.name - line_begin - 1))) {
    between = "," + std::string{detect_line_ending(text)} +
              std::string{text.substr(line_begin + 1, last.name - line_begin - 1)};
  }
  return std::string{text.substr(0, last.end)} + between + member + std::string{text.substr(last.end)};
}

std::optional<std::string> scalar_text(const nlohmann::json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number() || value.is_boolean()) return value.dump();
  return std::nullopt;
}

}  // namespace

std::size_t json_object_length(std::string_view text) {
  int depth = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '"') {
      i = skip_string(text, i);
      continue;
    }
    if (text[i] == '{' || text[i] == '[') {
      if (++depth > max_nesting) return 0;
    }
    if ((text[i] == '}' || text[i] == ']') && --depth == 0) return i + 1;
    ++i;
  }
  return 0;
}

std::vector<JsonMember> json_members(std::string_view object) {
  std::vector<JsonMember> members;
  std::size_t begin = object.find('{') + 1;
  for (const Member& member : parse_members(object)) {
    const std::string_view literal =
        object.substr(member.name, skip_string(object, member.name) - member.name);
    const auto name = nlohmann::json::parse(literal, nullptr, false);
    members.push_back({name.is_string() ? name.get<std::string>() : std::string{literal},
                       object.substr(begin, member.end - begin)});
    begin = object.find(',', member.end) + 1;
  }
  return members;
}

std::string_view find_inline_json_value(std::string_view member) {
  const std::size_t name = member.find('"');
  if (name == std::string_view::npos) return {};
  const std::size_t value = member.find_first_not_of(" \t\r\n:", skip_string(member, name));
  if (value == std::string_view::npos || member[value] == '[' || member[value] == '{') return {};
  return member.substr(value);
}

Result<std::vector<FrontMatterField>> parse_json_fields(std::string_view text) {
  try {
    const auto root = nlohmann::ordered_json::parse(text);
    std::vector<FrontMatterField> fields;
    if (!root.is_object())
      return Error{ErrorCode::invalid_argument, "front matter is no JSON object", "", ""};
    const std::vector<Member> members = parse_members(text);
    for (const auto& [name, value] : root.items()) {
      FrontMatterField field;
      field.name = name;
      field.scalar = scalar_text(value);
      if (value.is_array()) {
        for (const auto& item : value) {
          if (auto item_text = scalar_text(item)) field.list.push_back(*std::move(item_text));
        }
      }
      if (const Member* member = find_member(text, members, name))
        field.line = split_lines(text.substr(0, member->name + 1)).size();
      fields.push_back(std::move(field));
    }
    return fields;
  } catch (const nlohmann::json::exception& error) {
    return Error{ErrorCode::invalid_argument, error.what(), "", ""};
  }
}

Result<std::string> set_json(std::string_view text, std::string_view name, std::string_view literal) {
  const std::vector<Member> members = parse_members(text);
  const Member* member = find_member(text, members, name);
  // A date is a text in JSON.
  const bool bare = literal.starts_with('"') || nlohmann::json::accept(literal);
  const std::string value = bare ? std::string{literal} : quote_string(literal);
  if (member == nullptr) return add_member(text, members, name, value);
  return std::string{text.substr(0, member->value)} + value + std::string{text.substr(member->end)};
}

Result<std::string> append_json(std::string_view text, std::string_view name, std::string_view value) {
  const std::vector<Member> members = parse_members(text);
  const Member* member = find_member(text, members, name);
  if (member == nullptr) return add_member(text, members, name, "[" + quote_string(value) + "]");
  if (text[member->value] != '[') return no_list_error(name);
  return insert_into_array(text, member->value, member->end - 1, quote_string(value));
}

}  // namespace stubkeeper::entries
