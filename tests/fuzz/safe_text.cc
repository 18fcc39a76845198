#include "entries/markdown_escape.h"

#include "entries/document.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper::entries;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string safe = escape_markdown(as_text(bytes, size));
  check_invariant(safe.find('\n') == std::string::npos);
  check_invariant(safe.find("{{<") == std::string::npos && safe.find("{{%") == std::string::npos);
  // One paragraph, whatever the text would have liked to be.
  const Document document = Document::parse(safe + "\n");
  for (const Block& block : document.blocks()) {
    check_invariant(block.kind == BlockKind::paragraph || block.kind == BlockKind::blank);
  }
  make_markdown_link(as_text(bytes, size), as_text(bytes, size));
  return 0;
}
