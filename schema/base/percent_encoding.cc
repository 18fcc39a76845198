#include "schema/base/percent_encoding.h"

#include "schema/base/ascii.h"

namespace stubkeeper {

std::string percent_encoded_path(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view plain = "-._~/";
  std::string encoded;
  for (const char c : path) {
    if (is_ascii_letter(c) || is_ascii_digit(c) || plain.find(c) != std::string_view::npos) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += digits[byte >> 4];
    encoded += digits[byte & 0xF];
  }
  return encoded;
}

}  // namespace stubkeeper
