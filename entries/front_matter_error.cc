#include "entries/front_matter_error.h"

#include <charconv>

namespace stubkeeper::entries {

std::optional<FrontMatterError> find_front_matter_error(const FrontMatter& front_matter) {
  const std::string& text = front_matter.parse_error();
  if (text.empty()) return std::nullopt;
  constexpr std::string_view label = "line ";
  FrontMatterError error{1, text};
  if (!text.starts_with(label)) return error;
  const auto [end, code] = std::from_chars(text.data() + label.size(), text.data() + text.size(), error.line);
  const std::size_t colon = text.find(": ");
  if (code != std::errc{} || colon == std::string::npos) return FrontMatterError{1, text};
  error.message = text.substr(colon + 2);
  return error;
}

}  // namespace stubkeeper::entries
