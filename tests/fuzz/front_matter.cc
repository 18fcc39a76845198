#include "entries/front_matter.h"

#include "tests/fuzz/input.h"

using namespace stubkeeper::entries;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string page{as_text(bytes, size)};
  const FrontMatter before = FrontMatter::parse(page);
  check_invariant(before.begin() <= before.end() && before.end() <= page.size());
  // Where a field can be set, it is what is read afterwards, and the body keeps its bytes.
  const auto set = set_scalar(page, "description", "say \"when\": #1", ScalarStyle::quoted_string);
  if (set.ok()) {
    const FrontMatter after = FrontMatter::parse(*set);
    check_invariant(after.parse_error().empty());
    check_invariant(after.scalar("description") == "say \"when\": #1");
    check_invariant(set->substr(after.end()) == page.substr(before.end()) || before.kind() == FrontMatterKind::none);
  }
  const auto listed = append_to_list(page, "source_urls", "https://example.org/a");
  if (listed.ok()) {
    bool found = false;
    for (const std::string& item : FrontMatter::parse(*listed).list("source_urls"))
      found = found || item == "https://example.org/a";
    check_invariant(found);
  }
  return 0;
}
