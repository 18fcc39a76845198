#include "entries/document.h"

#include "entries/checks/check.h"
#include "entries/identity.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper::entries;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string page{as_text(bytes, size)};
  const Document document = Document::parse(page);
  promise(document.print() == page);
  std::size_t at = 0;
  for (const Block& block : document.blocks()) {
    promise(block.bytes.begin == at && block.bytes.end > at);
    at = block.bytes.end;
  }
  promise(at == page.size());
  const PageIndex pages{{"a.md", "b/_index.md"}};
  const CheckContext context{pages, "2026-11-23", {}, true};
  const auto findings = check_page("a.md", document, context);
  // What was mended once needs no mending of the same kind again.
  const std::string fixed = apply_fixes(page, findings);
  const auto left = check_page("a.md", Document::parse(fixed), context);
  (void)left;
  return 0;
}
