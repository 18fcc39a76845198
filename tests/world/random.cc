#include "tests/world/random.h"

namespace stubkeeper::world {

std::uint64_t fingerprint(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

Random::Random(std::uint64_t seed, std::string_view name)
    : state_(fingerprint(name) ^ (seed * 0x9E3779B97F4A7C15U)) {}

std::uint64_t Random::next() {
  std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15U;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
  return mixed ^ (mixed >> 31U);
}

int Random::below(int limit) {
  const std::uint64_t drawn = next();
  return limit < 1 ? 0 : static_cast<int>(drawn % static_cast<std::uint64_t>(limit));
}

int Random::between(int low, int high) {
  return low + below(high - low + 1);
}

}  // namespace stubkeeper::world
