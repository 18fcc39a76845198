#include "llm/verification/two_sides.h"

#include <algorithm>

#include "base/text/ascii.h"

namespace stubkeeper::llm {
namespace {

constexpr std::string_view before_words = ": \"";
constexpr std::string_view between = "\" \xC2\xB7 ";  // a middle dot

std::string on_one_line(std::string_view text) {
  std::string line{text};
  while (!line.empty() && is_ascii_space(line.back())) line.pop_back();
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

// Without the closing mark, which ends the line or stands between the sides.
std::string opened(const Side& side) {
  return on_one_line(side.who) + std::string{before_words} + on_one_line(side.words);
}

std::optional<Side> side_of(std::string_view opened) {
  const std::size_t words = opened.find(before_words);
  if (words == std::string_view::npos) return std::nullopt;
  return Side{std::string{opened.substr(0, words)}, std::string{opened.substr(words + before_words.size())}};
}

}  // namespace

std::string in_one_line(const TwoSides& sides) {
  return opened(sides.said) + std::string{between} + opened(sides.otherwise) + "\"";
}

std::optional<TwoSides> two_sides_of(std::string_view detail) {
  if (!detail.ends_with('"')) return std::nullopt;
  detail.remove_suffix(1);
  const std::size_t middle = detail.find(between);
  if (middle == std::string_view::npos) return std::nullopt;
  auto said = side_of(detail.substr(0, middle));
  auto otherwise = side_of(detail.substr(middle + between.size()));
  if (!said || !otherwise) return std::nullopt;
  return TwoSides{*std::move(said), *std::move(otherwise)};
}

}  // namespace stubkeeper::llm
