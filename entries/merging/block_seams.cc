#include "entries/merging/block_seams.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "entries/document.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

// Each block of a body, with its place from the end, so that what comes before does not count.
std::size_t count_blocks(const Document& document) {
  return static_cast<std::size_t>(
      std::count_if(document.blocks().begin(), document.blocks().end(),
                    [](const Block& block) { return block.kind != BlockKind::blank; }));
}

const Block* first_block(const Document& document, std::size_t begin) {
  for (const Block& block : document.blocks()) {
    if (block.bytes.begin >= begin && block.kind != BlockKind::blank) return &block;
  }
  return nullptr;
}

// A body is parsed as one: at its beginning `---` is no front matter.
Document parse_body(std::string_view text) {
  return Document::parse(std::string{text}, FrontMatter{});
}

}  // namespace

bool is_list_item(std::string_view block) {
  const std::string_view words = trim(block);
  std::size_t marker = 0;
  while (marker < words.size() && marker < 9 && is_ascii_digit(words[marker])) ++marker;
  const std::string_view ends = marker == 0 ? "-*+" : ".)";
  if (marker >= words.size() || ends.find(words[marker]) == std::string_view::npos) return false;
  return marker + 1 == words.size() ||
         std::string_view{" \t\r\n"}.find(words[marker + 1]) != std::string_view::npos;
}

bool go_together(std::string_view before, std::string_view after) {
  if (is_list_item(before) && is_list_item(after)) return true;
  return trim(before).starts_with('|') && trim(after).starts_with('|');
}

bool stay_apart(std::string_view before, std::string_view after) {
  const std::string first = std::string{strip_line_endings(before)} + "\n\n";
  const Document together = parse_body(first + std::string{after});
  const Document alone = parse_body(after);
  const Block* block = first_block(together, first.size());
  const Block* expected = first_block(alone, 0);
  if (block == nullptr || expected == nullptr) return block == expected;
  return block->bytes.begin == expected->bytes.begin + first.size() && block->kind == expected->kind &&
         count_blocks(together) == count_blocks(parse_body(before)) + count_blocks(alone);
}

std::string separate_blocks(std::string_view before, std::string_view after) {
  std::string text{before};
  if (trim(before).empty() || trim(after).empty()) return text;
  const std::string ending{detect_line_ending(before)};
  if (!ends_with_line_ending(text)) text += ending;
  const auto lines = split_line_texts(text);
  if (!go_together(before, after) && !is_blank(strip_line_ending(lines.back()))) text += ending;
  return text;
}

}  // namespace stubkeeper::entries
