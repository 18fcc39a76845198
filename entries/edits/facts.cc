#include "entries/edits/facts.h"

#include <algorithm>

#include "entries/edits/parts.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

constexpr std::size_t max_name_length = 40;

std::string without_emphasis(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c != '*' && c != '_') plain += c;
  }
  return std::string{trim(plain)};
}

}  // namespace

std::optional<Fact> parse_fact(std::string_view item) {
  item.remove_prefix(std::min(list_marker(item).size(), item.size()));
  const std::string_view line = item.substr(0, item.find_first_of("\r\n"));
  const std::size_t colon = line.substr(0, max_name_length + 8).find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  Fact fact;
  fact.name = without_emphasis(line.substr(0, colon));
  if (fact.name.empty() || fact.name.size() > max_name_length ||
      fact.name.find_first_of("[]<>|") != std::string::npos)
    return std::nullopt;
  std::string_view value = item.substr(colon + 1);
  // The emphasis may close behind the colon.
  while (value.starts_with('*')) value.remove_prefix(1);
  fact.value = std::string{trim(value)};
  return fact;
}

}  // namespace stubkeeper::entries
