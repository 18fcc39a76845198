#include "base/text/min_hash.h"

#include <algorithm>
#include <limits>

namespace stubkeeper {
namespace {

constexpr std::size_t hash_count = std::tuple_size_v<MinHash>;
constexpr std::size_t rows_per_band = 4;

constexpr std::uint64_t splitmix64_mix(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

// Multiply-shift hashing (M. Dietzfelbinger): an odd factor and an addend for each place.
struct Permutation {
  std::uint64_t factor = 1;
  std::uint64_t addend = 0;
};

constexpr std::array<Permutation, hash_count> permutations = [] {
  std::array<Permutation, hash_count> all{};
  for (std::size_t i = 0; i < hash_count; ++i)
    all[i] = {splitmix64_mix(2 * i) | 1U, splitmix64_mix(2 * i + 1)};
  return all;
}();

}  // namespace

std::optional<MinHash> min_hash(std::span<const std::uint64_t> elements) {
  if (elements.empty()) return std::nullopt;
  MinHash signature;
  signature.fill(std::numeric_limits<std::uint32_t>::max());
  for (const std::uint64_t element : elements) {
    for (std::size_t i = 0; i < hash_count; ++i) {
      const std::uint64_t hash = element * permutations[i].factor + permutations[i].addend;
      signature[i] = std::min(signature[i], static_cast<std::uint32_t>(hash >> 32U));
    }
  }
  return signature;
}

double estimate_jaccard(const MinHash& a, const MinHash& b) {
  std::size_t equal = 0;
  for (std::size_t i = 0; i < hash_count; ++i) equal += a[i] == b[i] ? 1 : 0;
  return static_cast<double>(equal) / static_cast<double>(hash_count);
}

std::vector<std::int64_t> lsh_bands(const MinHash& signature) {
  std::vector<std::int64_t> bands;
  for (std::size_t begin = 0; begin < hash_count; begin += rows_per_band) {
    std::uint64_t band = splitmix64_mix(begin);
    for (std::size_t i = begin; i < begin + rows_per_band; ++i) band = splitmix64_mix(band ^ signature[i]);
    bands.push_back(static_cast<std::int64_t>(band));
  }
  return bands;
}

std::string min_hash_to_bytes(const MinHash& signature) {
  std::string bytes;
  bytes.reserve(hash_count * 4);
  for (const std::uint32_t place : signature) {
    for (unsigned shift = 0; shift < 32; shift += 8)
      bytes += static_cast<char>(static_cast<unsigned char>(place >> shift));
  }
  return bytes;
}

std::optional<MinHash> min_hash_from_bytes(std::string_view bytes) {
  if (bytes.size() != hash_count * 4) return std::nullopt;
  MinHash signature{};
  for (std::size_t i = 0; i < hash_count; ++i) {
    for (std::size_t byte = 0; byte < 4; ++byte)
      signature[i] |= std::uint32_t{static_cast<unsigned char>(bytes[4 * i + byte])} << (8 * byte);
  }
  return signature;
}

std::uint64_t hash_text64(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return splitmix64_mix(hash);
}

}  // namespace stubkeeper
