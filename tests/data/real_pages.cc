#include "tests/data/real_pages.h"

#include <zlib.h>

#include <algorithm>

#include "tests/support/catch.h"

namespace stubkeeper::testing {

std::vector<std::filesystem::path> real_page_files(const std::string& data) {
  std::vector<std::filesystem::path> files;
  for (const auto& item : std::filesystem::directory_iterator{data + "/pages/wcxb/html"})
    files.push_back(item.path());
  std::sort(files.begin(), files.end());
  return files;
}

std::string unpacked(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  REQUIRE(file != nullptr);
  std::string bytes;
  std::vector<char> buffer(1 << 16);
  for (int count = 0; (count = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()))) > 0;) {
    bytes.append(buffer.data(), static_cast<std::size_t>(count));
  }
  gzclose(file);
  return bytes;
}

}  // namespace stubkeeper::testing
