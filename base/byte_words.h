#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace stubkeeper {

// Eight bytes of a text as one number, for skipping quickly. Answers are the same in either byte order.
using ByteWord = std::uint64_t;
constexpr std::size_t bytes_per_word = sizeof(ByteWord);

constexpr ByteWord broadcast_byte(unsigned char byte) {
  return 0x0101010101010101U * byte;
}

// The eight bytes of `text` from `at` on, which all exist.
inline ByteWord load_word(std::string_view text, std::size_t at) {
  ByteWord word = 0;
  std::memcpy(&word, text.data() + at, sizeof word);
  return word;
}

// 0x80 in place of each byte that is zero, 0 in place of others.
constexpr ByteWord zero_bytes(ByteWord word) {
  constexpr ByteWord low = broadcast_byte(0x7F);
  return ~(((word & low) + low) | word | low);
}

constexpr bool has_byte(ByteWord word, char byte) {
  return zero_bytes(word ^ broadcast_byte(static_cast<unsigned char>(byte))) != 0;
}

constexpr bool has_non_ascii_byte(ByteWord word) {
  return (word & broadcast_byte(0x80)) != 0;
}

// Whether a byte is less than `bound`, at most 0x80.
constexpr bool has_byte_below(ByteWord word, unsigned char bound) {
  return ((word - broadcast_byte(bound)) & ~word & broadcast_byte(0x80)) != 0;
}

}  // namespace stubkeeper
