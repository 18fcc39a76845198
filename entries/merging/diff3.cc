#include "entries/merging/diff3.h"

#include <algorithm>
#include <cstdint>

namespace stubkeeper::entries {
namespace {

constexpr auto none = static_cast<std::size_t>(-1);

// Cells of the table beyond which two sequences count as different but for their ends, so that time
// and memory stay bounded.
constexpr std::size_t max_table_cells = 40'000'000;

}  // namespace

std::vector<std::size_t> longest_common_subsequence(const Units& a, const Units& b) {
  std::vector<std::size_t> match(a.size(), none);
  std::size_t front = 0;
  while (front < a.size() && front < b.size() && a[front] == b[front]) {
    match[front] = front;
    ++front;
  }
  std::size_t back = 0;
  while (back < a.size() - front && back < b.size() - front &&
         a[a.size() - 1 - back] == b[b.size() - 1 - back]) {
    match[a.size() - 1 - back] = b.size() - 1 - back;
    ++back;
  }
  const std::size_t rows = a.size() - front - back;
  const std::size_t columns = b.size() - front - back;
  if (rows == 0 || columns == 0 || rows * columns > max_table_cells) return match;
  // lengths[i][j]: of the longest common subsequence of a[front + i ...] and b[front + j ...].
  std::vector<std::uint32_t> lengths((rows + 1) * (columns + 1), 0);
  const auto at = [&](std::size_t i, std::size_t j) -> std::uint32_t& {
    return lengths[i * (columns + 1) + j];
  };
  for (std::size_t i = rows; i-- > 0;) {
    for (std::size_t j = columns; j-- > 0;) {
      at(i, j) = a[front + i] == b[front + j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
  }
  for (std::size_t i = 0, j = 0; i < rows && j < columns;) {
    if (a[front + i] == b[front + j]) {
      match[front + i] = front + j;
      ++i;
      ++j;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      ++i;
    } else {
      ++j;
    }
  }
  return match;
}

std::vector<Chunk> diff3(const Units& base, const Units& ours, const Units& theirs) {
  const std::vector<std::size_t> in_ours = longest_common_subsequence(base, ours);
  const std::vector<std::size_t> in_theirs = longest_common_subsequence(base, theirs);
  std::vector<Chunk> chunks;
  UnitRange base_at;
  UnitRange ours_at;
  UnitRange theirs_at;
  const auto append_unstable_chunk = [&](std::size_t base_end, std::size_t ours_end, std::size_t theirs_end) {
    const Chunk chunk{false, {base_at.end, base_end}, {ours_at.end, ours_end}, {theirs_at.end, theirs_end}};
    if (!chunk.base.empty() || !chunk.ours.empty() || !chunk.theirs.empty()) chunks.push_back(chunk);
  };
  for (std::size_t i = 0; i < base.size(); ++i) {
    if (in_ours[i] == none || in_theirs[i] == none) continue;
    append_unstable_chunk(i, in_ours[i], in_theirs[i]);
    chunks.push_back({true, {i, i + 1}, {in_ours[i], in_ours[i] + 1}, {in_theirs[i], in_theirs[i] + 1}});
    base_at.end = i + 1;
    ours_at.end = in_ours[i] + 1;
    theirs_at.end = in_theirs[i] + 1;
  }
  append_unstable_chunk(base.size(), ours.size(), theirs.size());
  return chunks;
}

}  // namespace stubkeeper::entries
