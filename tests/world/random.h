#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace stubkeeper::world {

// Numbers drawn from a seed and a name, the same on every machine (SplitMix64 behind FNV-1a).
class Random {
 public:
  // Streams of different names are independent of each other.
  Random(std::uint64_t seed, std::string_view name);

  std::uint64_t next();
  // From 0 to limit - 1; limit is at least 1.
  int below(int limit);
  // Both ends can come.
  int between(int low, int high);

  template <typename List>
  const auto& pick(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<int>(std::size(list))))];
  }

  template <typename List>
  void shuffle(List& list) {
    for (std::size_t i = list.size(); i > 1; --i)
      std::swap(list[i - 1], list[static_cast<std::size_t>(below(static_cast<int>(i)))]);
  }

 private:
  std::uint64_t state_;
};

// A number that stands for bytes: FNV-1a of 64 bits.
std::uint64_t fingerprint(std::string_view bytes);

}  // namespace stubkeeper::world
