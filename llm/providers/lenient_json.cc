#include "llm/providers/lenient_json.h"

#include <array>
#include <cmath>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"

namespace stubkeeper::llm {
namespace {

constexpr std::int64_t max_count = 1'000'000'000'000;

}  // namespace

Json parse_leniently(std::string_view text) {
  Json json = first_invalid_utf8(text) ? Json::parse(to_valid_utf8(text), nullptr, false)
                                       : Json::parse(text, nullptr, false);
  return json.is_discarded() ? Json{} : json;
}

const Json& member(const Json& object, std::string_view key) {
  static const Json missing;
  if (!object.is_object()) return missing;
  for (const auto& [name, value] : object.items())
    if (name == key) return value;
  return missing;
}

std::string text_member(const Json& object, std::string_view key) {
  const Json& value = member(object, key);
  return value.is_string() ? value.get<std::string>() : std::string{};
}

std::optional<std::int64_t> count_member(const Json& object, std::string_view key) {
  const Json& value = member(object, key);
  double number = -1;
  if (value.is_number()) {
    number = value.get<double>();
  } else if (value.is_string()) {
    number = static_cast<double>(parse_number<std::int64_t>(value.get_ref<const std::string&>()).value_or(-1));
  }
  if (!(number >= 0) || number != std::trunc(number)) return std::nullopt;
  return number > static_cast<double>(max_count) ? max_count : static_cast<std::int64_t>(number);
}

std::optional<std::string> content_text(const Json& content) {
  if (content.is_string()) return content.get<std::string>();
  if (!content.is_array()) return std::nullopt;
  std::optional<std::string> text;
  for (const Json& part : content) {
    if (part.is_string()) {
      text = text.value_or("") + part.get<std::string>();
      continue;
    }
    const std::string type = text_member(part, "type");
    if (type != "text" && type != "output_text") continue;
    text = text.value_or("") + text_member(part, "text");
  }
  return text;
}

std::string to_compact_json(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

FinishReason parse_finish_reason(std::string_view word) {
  constexpr std::array<std::string_view, 8> complete{"",         "stop",      "end_turn", "stop_sequence",
                                                     "complete", "completed", "eos",      "done"};
  constexpr std::array<std::string_view, 6> truncated{
      "length",       "max_tokens", "max_output_tokens",
      "model_length", "incomplete", "model_context_window_exceeded"};
  constexpr std::array<std::string_view, 4> refused{"refusal", "content_filter", "safety", "content-filter"};
  const std::string lower = ascii_lower(word);
  if (contains(complete, lower)) return FinishReason::complete;
  if (contains(truncated, lower)) return FinishReason::truncated;
  if (contains(refused, lower)) return FinishReason::refused;
  return FinishReason::other;
}

}  // namespace stubkeeper::llm
