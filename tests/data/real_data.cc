#include "tests/data/real_data.h"

#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "tests/support/catch.h"

namespace stubkeeper::testing {

std::string real_data() {
  const char* folder = std::getenv("STUBKEEPER_TEST_DATA");
  if (folder == nullptr || *folder == '\0') {
    std::cout << "skipped: STUBKEEPER_TEST_DATA is not set" << std::endl;
    return "";
  }
  INFO("STUBKEEPER_TEST_DATA is " << folder);
  REQUIRE(std::filesystem::is_directory(std::filesystem::path{folder} / "research-section"));
  return std::filesystem::absolute(folder).lexically_normal().string();
}

}  // namespace stubkeeper::testing
