#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// The bytes that a fuzz target gets, and what it does where they break a promise.
inline std::string_view as_text(const std::uint8_t* bytes, std::size_t size) {
  return {reinterpret_cast<const char*>(bytes), size};
}

inline void check_invariant(bool kept) {
  if (!kept) std::abort();
}
