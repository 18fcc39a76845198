#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "kb/store/store.h"

namespace stubkeeper::kb {

// Bytes as the store holds them: compressed with zstd, under the SHA-256 of what they were before.
struct CompressedBody {
  std::string sha256;
  std::size_t size = 0;  // unpacked
  std::string zstd;
};

// internal where zstd fails. Needs no store, so any thread may pack.
Result<CompressedBody> compress_body(std::string_view bytes);

// Bytes by their SHA-256: compressed with zstd, stored once, checked against the hash whenever they are read.
class Bodies {
 public:
  explicit Bodies(Store& store) : store_(store) {}
  Result<std::string> put(std::string_view bytes);  // gives the hash
  Status put(const CompressedBody& body);
  Result<std::string> get(
      const std::string& sha256);  // corrupt where the bytes do not have that hash; not_found

 private:
  Result<bool> has(const std::string& sha256);
  Status insert(const CompressedBody& body);
  Store& store_;
};

}  // namespace stubkeeper::kb
