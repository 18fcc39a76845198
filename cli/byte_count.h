#pragma once

#include <cstdint>
#include <string>

namespace stubkeeper::cli {

// A number of bytes for people, in decimal units: "812 bytes", "3.4 kB", "57.1 MB", "1.2 GB".
std::string format_byte_count(std::int64_t bytes);

}  // namespace stubkeeper::cli
