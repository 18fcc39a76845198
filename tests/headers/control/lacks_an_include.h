#pragma once

// Wrong on purpose: <string> is missing (tests/headers/CMakeLists.txt).
inline std::string text_without_its_header() {
  return {};
}
