#include "entries/merging/line_endings.h"

#include <algorithm>
#include <array>

#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

constexpr std::array endings = std::to_array<std::string_view>({"\n", "\r\n", "\r"});

// How a text ends its lines.
struct LineEndings {
  std::string_view most_frequent;  // "" where no line is ended
  bool is_mixture = false;

  bool accepts(std::string_view ending) const {
    return most_frequent.empty() || (!is_mixture && most_frequent == ending);
  }
};

LineEndings line_endings_of(std::string_view text) {
  std::array<std::size_t, endings.size()> counts{};
  for (const std::string_view line : split_line_texts(text)) {
    const std::string_view ending = line.substr(strip_line_ending(line).size());
    for (std::size_t i = 0; i < endings.size(); ++i) counts[i] += ending == endings[i] ? 1 : 0;
  }
  LineEndings found;
  const auto most = std::max_element(counts.begin(), counts.end());
  if (*most > 0) found.most_frequent = endings[static_cast<std::size_t>(most - counts.begin())];
  found.is_mixture = std::count(counts.begin(), counts.end(), std::size_t{0}) < 2;
  return found;
}

}  // namespace

std::string with_line_endings(std::string_view text, std::string_view ending) {
  std::string result;
  result.reserve(text.size());
  for (const std::string_view line : split_line_texts(text)) {
    const std::string_view words = strip_line_ending(line);
    result += words;
    if (words.size() < line.size()) result += ending;
  }
  return result;
}

std::string_view merged_line_ending(std::string_view base, std::string_view ours, std::string_view theirs) {
  const LineEndings b = line_endings_of(base);
  const LineEndings o = line_endings_of(ours);
  const LineEndings t = line_endings_of(theirs);
  if (b.is_mixture && t.is_mixture) return {};
  const bool turned_by_hand = t.is_mixture || !b.accepts(t.most_frequent);
  const std::string_view ending =
      turned_by_hand || o.most_frequent.empty() || o.is_mixture ? t.most_frequent : o.most_frequent;
  const bool agree = b.accepts(ending) && o.accepts(ending) && t.accepts(ending);
  return agree ? std::string_view{} : ending;
}

}  // namespace stubkeeper::entries
