#include "entries/document.h"
#include "entries/site/footnotes.h"
#include "entries/site/plain_pages.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper::entries;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  // A page, and what a person made of its rendering, parted by "\n%%\n".
  const std::string_view text = as_text(bytes, size);
  const std::size_t cut = text.find("\n%%\n");
  const std::string page{text.substr(0, cut)};
  const std::string edited{cut == std::string_view::npos ? text : text.substr(cut + 4)};

  // What footnotes add comes off to the byte.
  std::vector<BlockFootnotes> notes;
  const Document document = Document::parse(page);
  for (const Block& block : document.blocks()) {
    if (notes.size() < 3 && block.kind != BlockKind::blank)
      notes.push_back({std::string{document.text(block)}, {"note " + std::to_string(notes.size() % 2)}});
  }
  const std::string rendered = add_footnotes(page, notes);
  check_invariant(remove_footnotes(page, rendered, rendered) == page);
  remove_footnotes(page, rendered, edited);

  static const PageIndex pages{{"_index.md", "a/_index.md", "a/b.md", "a/c/index.md", "d e.md"}};
  const std::string plain = to_plain_page(page, "a/b.md", pages);
  const std::string back = restore_relrefs(plain, page, "a/b.md", pages);
  // A link of a person begins no shortcode but the one that it becomes.
  check_invariant(restore_relrefs(back, page, "a/b.md", pages) == back);
  restore_relrefs(edited, page, "a/c/index.md", pages);
  return 0;
}
