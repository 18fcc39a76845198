#include "entries/safe_text.h"

#include "entries/document.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper::entries;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string safe = plain_text_as_markdown(as_text(bytes, size));
  promise(safe.find('\n') == std::string::npos);
  promise(safe.find("{{<") == std::string::npos && safe.find("{{%") == std::string::npos);
  // One paragraph, whatever the text would have liked to be.
  const Document document = Document::parse(safe + "\n");
  for (const Block& block : document.blocks()) {
    promise(block.kind == BlockKind::paragraph || block.kind == BlockKind::blank);
  }
  markdown_link(as_text(bytes, size), as_text(bytes, size));
  return 0;
}
