#include "base/text/min_hash.h"

#include <algorithm>
#include <limits>

namespace stubkeeper {
namespace {

constexpr std::size_t places = std::tuple_size_v<MinHash>;
constexpr std::size_t places_of_a_band = 4;

constexpr std::uint64_t spread(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15U;
  value = (value ^ (value >> 30U)) * 0xBF58476D1CE4E5B9U;
  value = (value ^ (value >> 27U)) * 0x94D049BB133111EBU;
  return value ^ (value >> 31U);
}

// Multiply-shift hashing (M. Dietzfelbinger): an odd factor and a summand for each place.
struct Permutation {
  std::uint64_t factor = 1;
  std::uint64_t summand = 0;
};

constexpr std::array<Permutation, places> permutations = [] {
  std::array<Permutation, places> all{};
  for (std::size_t i = 0; i < places; ++i) all[i] = {spread(2 * i) | 1U, spread(2 * i + 1)};
  return all;
}();

}  // namespace

std::optional<MinHash> min_hash(std::span<const std::uint64_t> elements) {
  if (elements.empty()) return std::nullopt;
  MinHash signature;
  signature.fill(std::numeric_limits<std::uint32_t>::max());
  for (const std::uint64_t element : elements) {
    for (std::size_t i = 0; i < places; ++i) {
      const std::uint64_t hash = element * permutations[i].factor + permutations[i].summand;
      signature[i] = std::min(signature[i], static_cast<std::uint32_t>(hash >> 32U));
    }
  }
  return signature;
}

double resemblance(const MinHash& a, const MinHash& b) {
  std::size_t equal = 0;
  for (std::size_t i = 0; i < places; ++i) equal += a[i] == b[i] ? 1 : 0;
  return static_cast<double>(equal) / static_cast<double>(places);
}

std::vector<std::int64_t> bands_of(const MinHash& signature) {
  std::vector<std::int64_t> bands;
  for (std::size_t begin = 0; begin < places; begin += places_of_a_band) {
    std::uint64_t band = spread(begin);
    for (std::size_t i = begin; i < begin + places_of_a_band; ++i) band = spread(band ^ signature[i]);
    bands.push_back(static_cast<std::int64_t>(band));
  }
  return bands;
}

std::string bytes_of(const MinHash& signature) {
  std::string bytes;
  bytes.reserve(places * 4);
  for (const std::uint32_t place : signature) {
    for (unsigned shift = 0; shift < 32; shift += 8)
      bytes += static_cast<char>(static_cast<unsigned char>(place >> shift));
  }
  return bytes;
}

std::optional<MinHash> min_hash_of_bytes(std::string_view bytes) {
  if (bytes.size() != places * 4) return std::nullopt;
  MinHash signature{};
  for (std::size_t i = 0; i < places; ++i) {
    for (std::size_t byte = 0; byte < 4; ++byte)
      signature[i] |= std::uint32_t{static_cast<unsigned char>(bytes[4 * i + byte])} << (8 * byte);
  }
  return signature;
}

std::uint64_t spread_hash(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
  return spread(hash);
}

}  // namespace stubkeeper
