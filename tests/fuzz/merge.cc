#include "entries/merge.h"

#include "entries/front_matter.h"
#include "tests/fuzz/input.h"

using namespace stubkeeper::entries;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  // Three pages, parted by "\n%%\n".
  const std::string_view text = as_text(bytes, size);
  const std::size_t first = text.find("\n%%\n");
  const std::size_t second = first == std::string_view::npos ? first : text.find("\n%%\n", first + 4);
  if (second == std::string_view::npos) return 0;
  const std::string_view base = text.substr(0, first);
  const std::string_view ours = text.substr(first + 4, second - first - 4);
  const std::string_view theirs = text.substr(second + 4);
  check_invariant(merge_pages(base, base, theirs).bytes == theirs);
  check_invariant(merge_pages(base, ours, base).bytes == ours);
  check_invariant(merge_pages(base, ours, ours).bytes == ours);
  const MergeResult merge = merge_pages(base, ours, theirs);
  // A decision leaves nothing undecided.
  check_invariant(merge_pages(base, ours, theirs, MergePreference::ours).clean());
  check_invariant(merge_pages(base, ours, theirs, MergePreference::theirs).clean());
  if (!merge.clean()) return 0;
  // Text does not become front matter by being merged.
  const auto kind = FrontMatter::parse(merge.bytes).kind();
  check_invariant(kind == FrontMatter::parse(ours).kind() || kind == FrontMatter::parse(theirs).kind());
  return 0;
}
