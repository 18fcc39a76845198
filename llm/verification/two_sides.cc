#include "llm/verification/two_sides.h"

#include <algorithm>

#include "schema/base/ascii.h"

namespace stubkeeper::llm {
namespace {

constexpr std::string_view opening = "the new text: \"";
constexpr std::string_view between = "\" \xC2\xB7 ";  // a middle dot
constexpr std::string_view before_words = ": \"";

std::string on_one_line(std::string_view text) {
  std::string line{text};
  while (!line.empty() && is_ascii_space(line.back())) line.pop_back();
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

}  // namespace

std::string in_one_line(const TwoSides& sides) {
  return std::string{opening} + on_one_line(sides.new_text) + std::string{between} + sides.who +
         std::string{before_words} + on_one_line(sides.otherwise) + "\"";
}

std::optional<TwoSides> two_sides_of(std::string_view detail) {
  if (!detail.starts_with(opening) || !detail.ends_with('"')) return std::nullopt;
  detail.remove_prefix(opening.size());
  detail.remove_suffix(1);
  const std::size_t middle = detail.find(between);
  if (middle == std::string_view::npos) return std::nullopt;
  const std::string_view rest = detail.substr(middle + between.size());
  const std::size_t words = rest.find(before_words);
  if (words == std::string_view::npos) return std::nullopt;
  return TwoSides{std::string{detail.substr(0, middle)}, std::string{rest.substr(0, words)},
                  std::string{rest.substr(words + before_words.size())}};
}

}  // namespace stubkeeper::llm
