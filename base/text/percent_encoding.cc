#include "base/text/percent_encoding.h"

#include "base/text/ascii.h"

namespace stubkeeper {
namespace {

std::string percent_encoded(std::string_view text, std::string_view plain) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
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

int hexadecimal_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string percent_encoded_path(std::string_view path) {
  return percent_encoded(path, "-._~/");
}

std::string percent_encoded_component(std::string_view text) {
  return percent_encoded(text, "._~");
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && hexadecimal_value(text[i + 1]) >= 0 &&
                       hexadecimal_value(text[i + 2]) >= 0;
    if (!coded) {
      decoded += text[i];
      continue;
    }
    decoded += static_cast<char>(hexadecimal_value(text[i + 1]) * 16 + hexadecimal_value(text[i + 2]));
    i += 2;
  }
  return decoded;
}

}  // namespace stubkeeper
