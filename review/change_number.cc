#include "review/change_number.h"

#include <charconv>

#include "base/text/ascii.h"
#include "base/text/strings.h"

namespace stubkeeper::review {

std::optional<kb::Id> parse_change_number(std::string_view word) {
  constexpr std::string_view change = "change ";
  word = trim_ascii(word);
  if (word.starts_with(change)) word = trim_ascii(word.substr(change.size()));
  return parse_number<kb::Id>(word, 1);
}

}  // namespace stubkeeper::review
