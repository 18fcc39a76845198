#pragma once

#include <zlib.h>

#include <string>
#include <vector>

namespace stubkeeper::testing {

// The bytes of a gzipped file; "" where it cannot be read. Without Catch, for tests and benchmarks.
inline std::string gunzip(const std::string& path) {
  std::string bytes;
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) return bytes;
  std::vector<char> buffer(1 << 16);
  for (int count = 0; (count = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()))) > 0;)
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  gzclose(file);
  return bytes;
}

}  // namespace stubkeeper::testing
