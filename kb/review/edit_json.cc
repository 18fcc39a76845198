#include "kb/review/edit_json.h"

#include <nlohmann/json.hpp>

namespace stubkeeper::kb {
namespace {

const char* style_name(entries::ScalarStyle style) {
  switch (style) {
    case entries::ScalarStyle::quoted_string:
      return "quoted_string";
    case entries::ScalarStyle::bare_date:
      return "bare_date";
    case entries::ScalarStyle::bare_number:
      return "bare_number";
    case entries::ScalarStyle::bare_boolean:
      return "bare_boolean";
  }
  return "quoted_string";
}

std::optional<entries::ScalarStyle> style_from_name(const std::string& name) {
  using enum entries::ScalarStyle;
  for (const auto style : {quoted_string, bare_date, bare_number, bare_boolean}) {
    if (name == style_name(style)) return style;
  }
  return std::nullopt;
}

}  // namespace

std::string edit_to_json(const entries::Edit& edit) {
  const nlohmann::ordered_json json{{"kind", entries::edit_kind_name(edit.kind)},
                                    {"target", edit.target},
                                    {"part", edit.part},
                                    {"date", edit.date},
                                    {"text", edit.text},
                                    {"title", edit.title},
                                    {"reference", edit.reference},
                                    {"style", style_name(edit.style)},
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
  const auto style = style_from_name(field("style"));
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
