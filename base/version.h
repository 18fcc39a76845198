#pragma once

#include <string_view>

namespace stubkeeper {

// The program's version, such as "0.2.0": that of project() in CMakeLists.txt.
std::string_view program_version();

}  // namespace stubkeeper
