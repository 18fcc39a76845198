#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

using Units = std::vector<std::string_view>;

// Units [begin, end).
struct UnitRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool empty() const { return begin == end; }
};

// Ranges of three sequences that belong together: equal in a stable chunk, else a side differs from the base.
struct Chunk {
  bool stable = false;
  UnitRange base;
  UnitRange ours;
  UnitRange theirs;
};

// Cuts three sequences into chunks, in order and without gap.
std::vector<Chunk> diff3(const Units& base, const Units& ours, const Units& theirs);

// For each unit of `a` its match of `b` in a longest common subsequence, or npos.
std::vector<std::size_t> longest_common_subsequence(const Units& a, const Units& b);

}  // namespace stubkeeper::entries
