#include "llm/verification/contradiction.h"

#include <algorithm>

#include "base/text/ascii.h"

namespace stubkeeper::llm {
namespace {

constexpr std::string_view quote_opening = ": \"";
constexpr std::string_view side_separator = "\" \xC2\xB7 ";  // a middle dot

std::string collapse_to_line(std::string_view text) {
  std::string line{text};
  while (!line.empty() && is_ascii_space(line.back())) line.pop_back();
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

// Without the closing mark, which ends the line or stands between the sides.
std::string format_opening(const AttributedText& side) {
  return collapse_to_line(side.who) + std::string{quote_opening} + collapse_to_line(side.words);
}

std::optional<AttributedText> parse_attributed_text(std::string_view format_opening) {
  const std::size_t words = format_opening.find(quote_opening);
  if (words == std::string_view::npos) return std::nullopt;
  return AttributedText{std::string{format_opening.substr(0, words)},
                        std::string{format_opening.substr(words + quote_opening.size())}};
}

}  // namespace

std::string format_contradiction(const Contradiction& sides) {
  return format_opening(sides.statement) + std::string{side_separator} +
         format_opening(sides.counterstatement) + "\"";
}

std::optional<Contradiction> parse_contradiction(std::string_view detail) {
  if (!detail.ends_with('"')) return std::nullopt;
  detail.remove_suffix(1);
  const std::size_t middle = detail.find(side_separator);
  if (middle == std::string_view::npos) return std::nullopt;
  auto statement = parse_attributed_text(detail.substr(0, middle));
  auto counterstatement = parse_attributed_text(detail.substr(middle + side_separator.size()));
  if (!statement || !counterstatement) return std::nullopt;
  return Contradiction{*std::move(statement), *std::move(counterstatement)};
}

}  // namespace stubkeeper::llm
