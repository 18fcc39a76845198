#include "base/base64.h"

#include <openssl/evp.h>

#include <algorithm>

#include "base/text/ascii.h"

namespace stubkeeper {

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
