#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper {

// MinHash (A. Broder, "On the resemblance and containment of documents", 1997): signatures of sets, of which
// the share of equal places is an estimate of the sets' resemblance (what both have over what either has),
// with a standard error of at most 0.045.
using MinHash = std::array<std::uint32_t, 128>;

// Elements are hashes of 64 bits that are spread evenly. Nothing for an empty set.
std::optional<MinHash> min_hash(std::span<const std::uint64_t> elements);

// The share of equal places, 0 to 1.
double estimate_jaccard(const MinHash& a, const MinHash& b);

// Numbers by which candidates are found without comparing all with all (locality-sensitive hashing): 32 bands
// of four places each. Two signatures of resemblance r have one in common with probability 1 - (1 - r^4)^32:
// 0.56 at 0.4, 0.87 at 0.5, 0.99 at 0.6.
std::vector<std::int64_t> lsh_bands(const MinHash& signature);

// As 512 bytes, the same on every machine. Nothing for bytes of another length.
std::string min_hash_to_bytes(const MinHash& signature);
std::optional<MinHash> min_hash_from_bytes(std::string_view bytes);

// A 64-bit hash of a text that is spread evenly (FNV-1a, then the finalizer of SplitMix64); no protection
// against who looks for collisions.
std::uint64_t hash_text64(std::string_view text);

}  // namespace stubkeeper
