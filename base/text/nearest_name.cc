#include "base/text/nearest_name.h"

#include <algorithm>
#include <vector>

namespace stubkeeper {
namespace {

// Optimal string alignment distance, with three rows.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> second_last_row(b.size() + 1);
  std::vector<std::size_t> last_row(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last_row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = last_row[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last_row[j] + 1, row[j - 1] + 1, replace});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = std::min(row[j], second_last_row[j - 2] + 1);
    }
    second_last_row.swap(last_row);
    last_row.swap(row);
  }
  return last_row[b.size()];
}

}  // namespace

std::optional<std::string> nearest_name(std::string_view name, std::span<const std::string> known) {
  constexpr std::size_t max_name_length = 64;  // bounds the time
  if (name.size() > max_name_length) return std::nullopt;
  const std::string* best = nullptr;
  std::size_t best_distance = 0;
  for (const std::string& candidate : known) {
    const std::size_t max_distance = std::max<std::size_t>(1, std::max(name.size(), candidate.size()) / 3);
    const std::size_t d = distance(name, candidate);
    if (d <= max_distance && (best == nullptr || d < best_distance)) {
      best = &candidate;
      best_distance = d;
    }
  }
  if (best != nullptr) return *best;
  // A name that is not finished: "--all" for "--all-unflagged", where only one begins so.
  constexpr std::size_t min_prefix_length = 3;
  if (name.size() < min_prefix_length) return std::nullopt;
  for (const std::string& candidate : known) {
    if (!candidate.starts_with(name)) continue;
    if (best != nullptr) return std::nullopt;
    best = &candidate;
  }
  return best == nullptr ? std::nullopt : std::optional{*best};
}

}  // namespace stubkeeper
