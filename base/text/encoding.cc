#include "base/text/encoding.h"

#include <openssl/evp.h>

#include "base/text/ascii.h"

namespace stubkeeper {
namespace {

std::string percent_encode(std::string_view text, std::string_view plain) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (is_ascii_alphanumeric(c) || plain.find(c) != std::string_view::npos) {
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

}  // namespace

std::string percent_encode_path(std::string_view path) {
  return percent_encode(path, "-._~/");
}

std::string percent_encode_component(std::string_view text) {
  return percent_encode(text, "._~");
}

std::string percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '%' && i + 2 < text.size() && hex_digit_value(text[i + 1]) >= 0 &&
                           hex_digit_value(text[i + 2]) >= 0;
    if (!is_escape) {
      decoded += text[i];
      continue;
    }
    decoded += static_cast<char>(hex_digit_value(text[i + 1]) * 16 + hex_digit_value(text[i + 2]));
    i += 2;
  }
  return decoded;
}

std::optional<std::string> base64_decode(std::string_view text) {
  constexpr std::size_t max_size = 100'000'000;
  std::string packed{text};
  std::erase_if(packed, is_ascii_space);
  if (packed.size() % 4 != 0 || packed.size() > max_size) return std::nullopt;
  std::string bytes(packed.size() / 4 * 3, '\0');
  const int length =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(packed.data()), static_cast<int>(packed.size()));
  if (length < 0) return std::nullopt;
  // OpenSSL gives the bytes of the padding too.
  const auto padding = packed.ends_with("==") ? 2U : packed.ends_with('=') ? 1U : 0U;
  bytes.resize(static_cast<std::size_t>(length) - padding);
  return bytes;
}

}  // namespace stubkeeper
