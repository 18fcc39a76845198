#include "review/change_number.h"

#include <charconv>

#include "base/text/ascii.h"

namespace stubkeeper::review {

std::optional<kb::Id> parse_change_number(std::string_view word) {
  constexpr std::string_view change = "change ";
  word = trim_ascii(word);
  if (word.starts_with(change)) word = trim_ascii(word.substr(change.size()));
  kb::Id number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc{} || end != word.data() + word.size() || number <= 0) return std::nullopt;
  return number;
}

}  // namespace stubkeeper::review
