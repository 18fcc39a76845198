#include "kb/entries/edit_json.h"

#include <nlohmann/json.hpp>

#include "kb/store/enum_names.h"

namespace stubkeeper::kb {
namespace {

constexpr EnumNames<4> styles{"quoted_string", "bare_date", "bare_number", "bare_boolean"};

}  // namespace

std::string edit_to_json(const entries::Edit& edit) {
  const nlohmann::ordered_json json{{"kind", entries::edit_kind_name(edit.kind)},
                                    {"target", edit.target},
                                    {"part", edit.part},
                                    {"date", edit.date},
                                    {"text", edit.text},
                                    {"title", edit.title},
                                    {"reference", edit.reference},
                                    {"style", enum_name(styles, edit.style)},
                                    {"expected", edit.expected}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Result<entries::Edit> edit_from_json(const std::string& text) {
  const Error corrupt{ErrorCode::corrupt, "a stored edit cannot be read", "",
                      "`stubkeeper doctor` looks closer"};
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return corrupt;
  const auto field = [&](const char* name) -> std::string {
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string{};
  };
  const auto kind = entries::edit_kind_from_name(field("kind"));
  const auto style = enum_from_name<entries::ScalarStyle>(styles, field("style"));
  if (!kind || !style) return corrupt;
  entries::Edit edit;
  edit.kind = *kind;
  edit.target = field("target");
  edit.part = field("part");
  edit.date = field("date");
  edit.text = field("text");
  edit.title = field("title");
  edit.reference = field("reference");
  edit.style = *style;
  edit.expected = field("expected");
  return edit;
}

}  // namespace stubkeeper::kb
