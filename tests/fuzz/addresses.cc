#include "base/text/url.h"
#include "crawler/addresses.h"
#include "crawler/url.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text{as_text(bytes, size)};
  if (const auto url = crawler::parse_url(text)) {
    const auto again = crawler::parse_url(url->text());
    check_invariant(again && again->text() == url->text());
  }
  const std::string resolved = crawler::resolve("https://example.org/a/b?c", text);
  check_invariant(resolved.empty() || resolved.starts_with("http://") || resolved.starts_with("https://"));
  url_host(text);
  crawler::strip_userinfo(text);
  const auto rules = crawler::AddressRules::parse({text});
  (void)rules;
  return 0;
}
