#include "review/context_lines.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::review {
namespace {

using entries::Block;
using entries::Document;

// The blocks of a page's text: no front matter, nothing blank.
std::vector<const Block*> text_blocks(const Document& page) {
  std::vector<const Block*> blocks;
  for (const Block& block : page.blocks()) {
    if (block.kind != entries::BlockKind::front_matter && block.kind != entries::BlockKind::blank)
      blocks.push_back(&block);
  }
  return blocks;
}

std::string_view block_text(const Document& page, const Block& block) {
  return trim_ascii(page.text(block));
}

}  // namespace

ContextLines find_context_lines(const Document& before, const Document& after) {
  const auto old_blocks = text_blocks(before);
  const auto new_blocks = text_blocks(after);
  const std::size_t max_kept = std::min(old_blocks.size(), new_blocks.size());
  const auto is_same_block = [&](std::size_t old_at, std::size_t new_at) {
    return block_text(before, *old_blocks[old_at]) == block_text(after, *new_blocks[new_at]);
  };
  std::size_t kept_before = 0;
  while (kept_before < max_kept && is_same_block(kept_before, kept_before)) ++kept_before;
  if (kept_before == old_blocks.size() && kept_before == new_blocks.size()) return {};
  std::size_t kept_after = 0;
  while (kept_after < max_kept - kept_before &&
         is_same_block(old_blocks.size() - kept_after - 1, new_blocks.size() - kept_after - 1))
    ++kept_after;
  ContextLines context_lines{true, "", ""};
  if (kept_before > 0) context_lines.before = to_single_line(block_text(after, *new_blocks[kept_before - 1]));
  if (kept_after > 0)
    context_lines.after = to_single_line(block_text(after, *new_blocks[new_blocks.size() - kept_after]));
  return context_lines;
}

}  // namespace stubkeeper::review
