#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper {

// MinHash signatures (A. Broder, "On the resemblance and containment of documents", 1997). The share of equal
// places of two estimates the Jaccard similarity of their sets with a standard error of at most 0.045.
using MinHash = std::array<std::uint32_t, 128>;

// The signature of a set of evenly spread 64-bit hashes; nothing for an empty set.
std::optional<MinHash> min_hash(std::span<const std::uint64_t> elements);

// The share of equal places, 0 to 1.
double estimate_jaccard(const MinHash& a, const MinHash& b);

// Keys for finding similar signatures (locality-sensitive hashing): 32 bands of four places each. Signatures
// of similarity s share a key with probability 1 - (1 - s^4)^32: 0.56 at 0.4, 0.87 at 0.5, 0.99 at 0.6.
std::vector<std::int64_t> lsh_bands(const MinHash& signature);

// As 512 bytes, the same on every machine. Nothing for bytes of another length.
std::string min_hash_to_bytes(const MinHash& signature);
std::optional<MinHash> min_hash_from_bytes(std::string_view bytes);

// An evenly spread 64-bit hash of a text (FNV-1a, then SplitMix64's finalizer); not against attackers.
std::uint64_t hash_text64(std::string_view text);

}  // namespace stubkeeper
