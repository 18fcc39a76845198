#include "crawler/robots.h"

#include "tests/fuzz/input.h"

using namespace stubkeeper::crawler;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = as_text(bytes, size);
  const std::size_t cut = text.find('\0');
  const auto robots = stubkeeper::crawler::Robots::parse(std::string{text.substr(0, cut)});
  const std::string path{cut == std::string_view::npos ? "/a/b?c=%41" : text.substr(cut + 1)};
  robots.decide("*", "https://example.org" + path);
  const auto decision = robots.decide("stubkeeper", path);
  const std::string normalized = normalize_path(path);
  // Comparing is of one form: what is in it already stays as it is.
  check_invariant(normalize_path(normalized) == normalized);
  check_invariant(decision.allowed || decision.rule);
  if (decision.rule) check_invariant(pattern_matches(normalize_pattern(decision.rule->pattern), normalized));
  for (const std::string& sitemap : robots.sitemaps()) check_invariant(!sitemap.empty());
  return 0;
}
