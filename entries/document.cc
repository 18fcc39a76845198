#include "entries/document.h"

#include <algorithm>
#include <array>

#include "entries/markdown/block_starts.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
const char* block_kind_name(BlockKind kind) {
  // In the order of BlockKind.
  static constexpr std::array names{
      "front_matter",   "heading", "paragraph", "list_item", "table_row",
      "block_quote",    "code",    "html",      "shortcode", "reference_definition",
      "thematic_break", "blank"};
  return names[static_cast<std::size_t>(kind)];
}

std::string heading_text(std::string_view block) {
  std::string_view line = trim(block.substr(0, block.find_first_of("\r\n")));
  if (line.starts_with('#')) {
    line = trim(line.substr(std::min(line.find_first_not_of('#'), line.size())));
    const std::size_t last = line.find_last_not_of('#');
    if (last == std::string_view::npos) return "";
    if (line[last] == ' ' || line[last] == '\t') line = trim(line.substr(0, last));
  }
  return std::string{line};
}

Document Document::parse(std::string bytes) {
  FrontMatter front_matter = FrontMatter::parse(bytes);
  return parse(std::move(bytes), std::move(front_matter));
}

Document Document::reparse(std::string bytes, const Document& before) {
  const std::string_view known = std::string_view{before.bytes_}.substr(0, before.front_matter_.end());
  // Without its line end the same bytes can be the beginning of another front matter.
  if (known.ends_with('\n') && bytes.starts_with(known)) return parse(std::move(bytes), before.front_matter_);
  return parse(std::move(bytes));
}

Document Document::parse(std::string bytes, FrontMatter front_matter) {
  Document document;
  document.bytes_ = std::move(bytes);
  document.front_matter_ = std::move(front_matter);
  const std::string_view all{document.bytes_};
  const std::size_t offset = document.front_matter_.end();
  std::vector<Block>& blocks = document.blocks_;
  std::size_t first_line = 1;
  if (offset > 0) {
    blocks.push_back({BlockKind::front_matter, {0, offset}, 0, 0, 1, ""});
    first_line += split_lines(all.substr(0, offset)).size();
  }

  const std::string_view body = all.substr(offset);
  const std::vector<Line> lines = split_lines(body);
  const auto line_text = [&](std::size_t i) {
    return body.substr(lines[i].begin, lines[i].end - lines[i].begin);
  };
  std::string part;
  const auto add = [&](const BlockStart& start, std::size_t end_line) {
    Block block{start.kind,
                {offset + lines[start.line].begin, offset + lines[end_line - 1].end},
                start.heading_level,
                start.depth,
                first_line + start.line,
                ""};
    if (start.heading_level == 1) part.clear();
    if (start.heading_level == 2) part = heading_text(document.text(block));
    block.part = part;
    blocks.push_back(std::move(block));
  };
  const std::vector<BlockStart> starts = find_block_starts(body, lines);
  std::size_t next = 0;
  for (std::size_t i = 0; i <= starts.size(); ++i) {
    const std::size_t begin = i < starts.size() ? starts[i].line : lines.size();
    // Blank lines before this block, or after the last one.
    if (begin > next) add({next, BlockKind::blank, 0, 0}, begin);
    if (i == starts.size()) break;
    std::size_t end = i + 1 < starts.size() ? starts[i + 1].line : lines.size();
    while (end > begin + 1 && is_blank(line_text(end - 1))) --end;
    add(starts[i], end);
    next = end;
  }
  return document;
}

const Block* Document::block_at_line(std::size_t line) const {
  const auto after =
      std::upper_bound(blocks_.begin(), blocks_.end(), line,
                       [](std::size_t wanted, const Block& block) { return wanted < block.first_line; });
  if (after == blocks_.begin()) return nullptr;
  const Block& block = *(after - 1);
  const std::size_t count = split_lines(text(block)).size();
  return line < block.first_line + count ? &block : nullptr;
}

}  // namespace stubkeeper::entries
