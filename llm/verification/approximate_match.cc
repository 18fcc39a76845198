#include "llm/verification/approximate_match.h"

#include <algorithm>
#include <vector>

#include "base/text/ascii.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// Distances count in halves.
constexpr int replacement_cost = 2;
constexpr int case_difference_cost = 1;
constexpr std::size_t max_quote_words = 200;

int word_distance(const Word& a, const Word& b) {
  if (a.text == b.text) return 0;
  return equals_ignoring_case(a.text, b.text) ? case_difference_cost : replacement_cost;
}

}  // namespace

std::optional<ApproximateMatch> find_approximate_match(std::string_view text, std::string_view quote) {
  const auto wanted = split_words(quote);
  const auto words = split_words(text);
  if (wanted.size() < 2 || wanted.size() > max_quote_words || words.empty()) return std::nullopt;

  // One column of Sellers' matrix for each word of the text: the least distance of the quote's
  // first i words to a stretch that ends here, and the word at which that stretch begins.
  struct Cell {
    int distance = 0;
    std::size_t begin = 0;
  };
  std::vector<Cell> column(wanted.size() + 1);
  for (std::size_t i = 0; i < column.size(); ++i) column[i] = {static_cast<int>(i) * replacement_cost, 0};
  int best = static_cast<int>(wanted.size()) * replacement_cost;
  std::size_t best_begin = 0;
  std::size_t best_end = 0;
  for (std::size_t j = 0; j < words.size(); ++j) {
    Cell diagonal = column[0];
    diagonal.begin = j;
    column[0] = {0, j + 1};
    for (std::size_t i = 1; i <= wanted.size(); ++i) {
      const Cell left = column[i];
      Cell least{diagonal.distance + word_distance(wanted[i - 1], words[j]), diagonal.begin};
      if (left.distance + replacement_cost < least.distance)
        least = {left.distance + replacement_cost, left.begin};
      if (column[i - 1].distance + replacement_cost < least.distance)
        least = {column[i - 1].distance + replacement_cost, column[i - 1].begin};
      diagonal = left;
      column[i] = least;
    }
    if (column.back().distance >= best) continue;
    best = column.back().distance;
    best_begin = column.back().begin;
    best_end = j + 1;
  }
  constexpr std::size_t short_quote = 4;
  double limit = 0.3 * static_cast<double>(wanted.size()) * replacement_cost;
  if (wanted.size() <= short_quote) limit = wanted.size() == 2 ? case_difference_cost : replacement_cost;
  if (best_end <= best_begin || static_cast<double>(best) > limit) return std::nullopt;
  const double share = 1 - static_cast<double>(best) / static_cast<double>(wanted.size() * replacement_cost);
  return ApproximateMatch{{words[best_begin].begin, words[best_end - 1].end()}, std::min(share, 0.99)};
}

}  // namespace stubkeeper::llm
