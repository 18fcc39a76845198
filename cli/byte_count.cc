#include "cli/byte_count.h"

#include <fmt/format.h>

namespace stubkeeper::cli {

std::string format_byte_count(std::int64_t bytes) {
  if (bytes < 1000) return fmt::format("{} bytes", bytes);
  auto count = static_cast<double>(bytes);
  const char* unit = "";
  for (const char* each : {"kB", "MB", "GB"}) {
    count /= 1000;
    unit = each;
    if (count < 999.95) break;
  }
  return fmt::format("{:.1f} {}", count, unit);
}

}  // namespace stubkeeper::cli
