#pragma once

#include <string>
#include <string_view>

#include "kb/store/store.h"

namespace stubkeeper::kb {

// Byte strings under their SHA-256, compressed with zstd, each stored once.
class Bodies {
 public:
  explicit Bodies(Store& store) : store_(store) {}
  Result<std::string> put(std::string_view bytes);  // gives the hash
  // Checks the bytes against the hash: corrupt where they differ. not_found.
  Result<std::string> get(const std::string& sha256);

 private:
  Store& store_;
};

}  // namespace stubkeeper::kb
