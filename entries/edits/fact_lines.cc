#include "entries/edits/fact_lines.h"

#include <algorithm>

#include "entries/edits/parts.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

constexpr std::size_t longest_name = 40;

std::string without_emphasis(std::string_view text) {
  std::string plain;
  for (const char c : text) {
    if (c != '*' && c != '_') plain += c;
  }
  return std::string{trimmed(plain)};
}

}  // namespace

std::optional<Fact> fact_of(std::string_view item) {
  item.remove_prefix(std::min(marker_of(item).size(), item.size()));
  const std::string_view line = item.substr(0, item.find_first_of("\r\n"));
  const std::size_t colon = line.substr(0, longest_name + 8).find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  Fact fact;
  fact.name = without_emphasis(line.substr(0, colon));
  if (fact.name.empty() || fact.name.size() > longest_name ||
      fact.name.find_first_of("[]<>|") != std::string::npos)
    return std::nullopt;
  std::string_view value = item.substr(colon + 1);
  // The emphasis may close behind the colon.
  while (value.starts_with('*')) value.remove_prefix(1);
  fact.value = std::string{trimmed(value)};
  return fact;
}

}  // namespace stubkeeper::entries
