#include "crawler/robots.h"

#include "tests/fuzz/input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = as_text(bytes, size);
  const std::size_t cut = text.find('\0');
  const auto robots = stubkeeper::crawler::Robots::parse(std::string{text.substr(0, cut)});
  const std::string path{cut == std::string_view::npos ? "/a/b?c=%41" : text.substr(cut + 1)};
  robots.decide("stubkeeper", path);
  robots.decide("*", "https://example.org" + path);
  return 0;
}
