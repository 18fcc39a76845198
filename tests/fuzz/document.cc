#include "entries/document.h"

#include "entries/block_ids.h"
#include "entries/checks/check.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper::entries;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string page{as_text(bytes, size)};
  const Document document = Document::parse(page);
  check_invariant(document.print() == page);
  std::size_t at = 0;
  for (const Block& block : document.blocks()) {
    check_invariant(block.bytes.begin == at && block.bytes.end > at);
    at = block.bytes.end;
  }
  check_invariant(at == page.size());
  const PageIndex pages{{"a.md", "b/_index.md"}};
  const Conventions& conventions = built_in_conventions();
  SectionIndex facts;
  facts.add(conventions.style, "a.md", page);
  const CheckContext context{conventions, pages, facts, "2026-11-23", {}, true};
  const auto findings = check_page("a.md", document, context);
  for (const Finding& finding : findings) check_invariant(conventions.checks.find(finding.id) != nullptr);
  // What was mended once needs no mending of the same kind again.
  const std::string fixed = apply_fixes(page, findings);
  const auto left = check_page("a.md", Document::parse(fixed), context);
  (void)left;
  // The same bytes as a section's first page and as a changelog.
  for (const char* file : {"_index.md", "b/_index.md", "changelog/index.md"}) {
    const auto others = check_page(file, document, context);
    check_invariant(!apply_fixes(page, others).empty() || page.empty());
  }
  return 0;
}
