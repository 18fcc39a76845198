#include "base/secrets.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <vector>

namespace stubkeeper {

Result<std::string> random_secret(std::size_t bytes) {
  std::vector<unsigned char> random(bytes);
  if (RAND_bytes(random.data(), static_cast<int>(bytes)) != 1)
    return Error{ErrorCode::internal, "the system gives no random bytes", "", ""};
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const unsigned char byte : random) {
    text += digits[byte >> 4U];
    text += digits[byte & 15U];
  }
  return text;
}

bool constant_time_equal(std::string_view a, std::string_view b) {
  return !a.empty() && a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace stubkeeper
