#include "llm/answer_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "llm/providers/lenient_json.h"

namespace stubkeeper::llm {
namespace {

constexpr int max_depth = 5;
constexpr std::size_t max_problems = 20;
constexpr std::array known_keywords{"type",  "description", "properties", "required", "additionalProperties",
                                    "items", "enum"};
constexpr std::array known_types{"object", "array", "string", "integer", "number", "boolean"};

Error wrong_schema(const std::string& place, std::string message) {
  return Error{ErrorCode::invalid_argument, std::move(message),
               "answer schema, " + (place.empty() ? "/" : place),
               "llm/answer_schema.h lists what all endpoints take"};
}

Status check_schema(const Json& schema, const std::string& place, int depth);

Status check_object_schema(const Json& schema, const std::string& place, int depth) {
  const Json& properties = member(schema, "properties");
  if (!properties.is_object()) return wrong_schema(place, "an object without properties");
  if (const Json& more = member(schema, "additionalProperties"); !more.is_boolean() || more.get<bool>())
    return wrong_schema(place, "an object without additionalProperties: false");
  std::set<std::string> required;
  for (const Json& name : member(schema, "required"))
    if (name.is_string()) required.insert(name.get<std::string>());
  for (const auto& [name, property] : properties.items()) {
    if (required.erase(name) == 0)
      return wrong_schema(place, "the property \"" + name + "\" is not required");
    STUBKEEPER_TRY(check_schema(property, place + "/properties/" + name, depth + 1));
  }
  if (!required.empty())
    return wrong_schema(place, "\"" + *required.begin() + "\" is required and is no property");
  return {};
}

Status check_schema(const Json& schema, const std::string& place, int depth) {
  if (!schema.is_object()) return wrong_schema(place, "not a schema object");
  for (const auto& [keyword, value] : schema.items()) {
    if (!contains(known_keywords, keyword))
      return wrong_schema(place, "the keyword \"" + keyword + "\" is not taken by all endpoints");
  }
  const Json& type = member(schema, "type");
  if (!type.is_string() ||
      !contains(known_types, type.get<std::string>()))
    return wrong_schema(place, "no type, or none that all endpoints take");
  if ((type == "object" || type == "array") && depth > max_depth)
    return wrong_schema(place, fmt::format("nested more than {} deep", max_depth));
  if (type == "object") return check_object_schema(schema, place, depth);
  if (type == "array") return check_schema(member(schema, "items"), place + "/items", depth + 1);
  if (const Json& choices = member(schema, "enum"); !choices.is_null()) {
    if (type != "string" || !choices.is_array() || choices.empty() ||
        !std::all_of(choices.begin(), choices.end(), [](const Json& choice) { return choice.is_string(); }))
      return wrong_schema(place, "an enum of anything but texts");
  }
  return {};
}

bool has_type(const Json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  // 3.0 is an integer (JSON Schema 2020-12, §6.1.1).
  if (type == "integer")
    return value.is_number_integer() ||
           (value.is_number_float() && value.get<double>() == std::trunc(value.get<double>()));
  return value.is_number();
}

class Validator {
 public:
  void check(const Json& schema, const Json& value, const std::string& place) {
    const std::string type = member(schema, "type").get<std::string>();
    if (!has_type(value, type)) return report(place, fmt::format("is {}, not {}", value.type_name(), type));
    if (type == "object") return check_members(schema, value, place);
    if (type == "array") {
      for (std::size_t i = 0; i < value.size(); ++i)
        check(member(schema, "items"), value[i], fmt::format("{}/{}", place, i));
      return;
    }
    const Json& choices = member(schema, "enum");
    if (!choices.is_null() && !contains(choices, value))
      report(place, "is none of " + choices.dump(-1, ' ', false, Json::error_handler_t::replace));
  }

  std::vector<std::string> problems;

 private:
  void check_members(const Json& schema, const Json& value, const std::string& place) {
    const Json& properties = member(schema, "properties");
    for (const auto& [name, property] : properties.items()) {
      const auto found = value.find(name);
      if (found == value.end()) {
        report(place, "has no \"" + name + "\"");
      } else {
        check(property, *found, place + "/" + name);
      }
    }
    for (const auto& [name, unused] : value.items()) {
      if (properties.find(name) == properties.end())
        report(place,
               "has \"" + sanitize_for_terminal(truncate_at_word(name, 60)) + "\", which is not asked for");
    }
  }

  void report(const std::string& place, const std::string& what) {
    if (problems.size() < max_problems)
      problems.push_back((place.empty() ? "the answer" : place) + " " + what);
  }
};

std::string_view strip_wrapping(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text = trim_ascii(text);
  if (text.starts_with("<think>")) {
    const std::size_t end = text.find("</think>");
    if (end != std::string_view::npos) text = trim_ascii(text.substr(end + 8));
  }
  if (text.starts_with("```") && text.ends_with("```") && text.size() >= 6) {
    const std::size_t line_end = text.find('\n');
    if (line_end != std::string_view::npos)
      text = trim_ascii(text.substr(line_end + 1, text.size() - 3 - line_end - 1));
  }
  return text;
}

// Parses without exceptions; repeated keys and what is no JSON are problems.
Json parse_with_unique_keys(std::string_view text, std::vector<std::string>& problems) {
  std::vector<std::set<std::string>> open;
  std::string repeated;
  const auto watch = [&](int, nlohmann::detail::parse_event_t event, Json& value) {
    switch (event) {
      case nlohmann::detail::parse_event_t::object_start:
        open.emplace_back();
        break;
      case nlohmann::detail::parse_event_t::object_end:
        open.pop_back();
        break;
      case nlohmann::detail::parse_event_t::key:
        if (!open.back().insert(value.get<std::string>()).second) repeated = value.get<std::string>();
        break;
      default:
        break;
    }
    return true;
  };
  Json json = Json::parse(text, watch, false);
  if (json.is_discarded()) {
    problems.push_back(text.empty() ? "the answer is empty"
                                    : "the answer is not one JSON document and nothing else");
  } else if (!repeated.empty()) {
    problems.push_back("the answer names \"" + sanitize_for_terminal(truncate_at_word(repeated, 60)) +
                       "\" twice in one object");
  }
  return json;
}

}  // namespace

Status check_answer_schema(std::string_view schema) {
  const Json json = Json::parse(schema, nullptr, false);
  if (json.is_discarded()) return wrong_schema("", "not JSON");
  if (member(json, "type") != "object") return wrong_schema("", "the root is not an object");
  return check_schema(json, "", 1);
}

CheckedAnswer check_answer(std::string_view schema, std::string_view text) {
  CheckedAnswer answer;
  if (const Status fit = check_answer_schema(schema); !fit.ok()) {
    answer.problems.push_back(fit.error().text());
    return answer;
  }
  const Json json = parse_with_unique_keys(strip_wrapping(text), answer.problems);
  if (!answer.valid()) return answer;
  Validator validator;
  validator.check(Json::parse(schema), json, "");
  answer.problems = std::move(validator.problems);
  if (answer.valid()) answer.json = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return answer;
}

}  // namespace stubkeeper::llm
