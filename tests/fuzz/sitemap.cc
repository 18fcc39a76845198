#include "crawler/content.h"

#include "tests/fuzz/input.h"

using namespace stubkeeper;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto map = crawler::parse_sitemap(as_text(bytes, size));
  if (!map.ok()) return 0;
  for (const crawler::Item& item : map->items) {
    check_invariant(item.url.starts_with("http://") || item.url.starts_with("https://"));
  }
  return 0;
}
