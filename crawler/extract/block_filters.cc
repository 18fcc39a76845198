#include "crawler/extract/block_filters.h"

#include <algorithm>
#include <unordered_set>

#include "crawler/extract/heading_phrases.h"

namespace stubkeeper::crawler {
namespace {

std::size_t bytes_of(const std::vector<Block>& blocks) {
  std::size_t bytes = 0;
  for (const Block& block : blocks) bytes += block.text.size();
  return bytes;
}

// Removes the blocks for which `dropped` is set, unless they are more than this share of the text.
void drop_up_to_share(std::vector<Block>& blocks, const std::vector<bool>& dropped, double max_share) {
  std::size_t dropped_bytes = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (dropped[i]) dropped_bytes += blocks[i].text.size();
  }
  if (static_cast<double>(dropped_bytes) > max_share * static_cast<double>(bytes_of(blocks))) return;
  std::size_t i = 0;
  std::erase_if(blocks, [&](const Block&) { return dropped[i++]; });
}

bool is_prose(const Block& block) {
  return block.kind == Block::Kind::list_item || block.kind == Block::Kind::paragraph;
}

}  // namespace

void drop_link_lists(std::vector<Block>& blocks) {
  constexpr std::size_t min_run = 6;
  constexpr double max_share = 0.4;
  const auto is_link = [](const Block& block) {
    return is_prose(block) && block.text.size() < 120 &&
           static_cast<double>(block.link_bytes) >= 0.8 * static_cast<double>(block.text.size());
  };
  std::vector<bool> dropped(blocks.size(), false);
  for (std::size_t i = 0; i < blocks.size();) {
    std::size_t end = i;
    while (end < blocks.size() && is_link(blocks[end])) ++end;
    if (end - i >= min_run)
      std::fill(dropped.begin() + static_cast<std::ptrdiff_t>(i),
                dropped.begin() + static_cast<std::ptrdiff_t>(end), true);
    i = std::max(end, i + 1);
  }
  drop_up_to_share(blocks, dropped, max_share);
}

void drop_supplementary_sections(std::vector<Block>& blocks, PageKind kind) {
  constexpr double max_share = 0.5;
  constexpr int plain_line_level = 7;
  const bool is_sales_page = kind == PageKind::product || kind == PageKind::listing;
  const auto begins_section = [&](const Block& block) {
    const SectionKind section = classify_heading(block.text);
    if (section == SectionKind::reviews) return is_sales_page;
    if (block.kind == Block::Kind::heading) return section != SectionKind::text;
    // A line of the text may be one of these words; a line above a list ends without a stop.
    return block.kind == Block::Kind::paragraph && block.text.find(' ') != std::string::npos &&
           (section == SectionKind::related || section == SectionKind::comments);
  };
  std::vector<bool> dropped(blocks.size(), false);
  int level = 0;  // of the heading whose section is being dropped; 0 for none
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    const bool heading = block.kind == Block::Kind::heading;
    if (heading && block.level <= level) level = 0;
    if (level == 0 && i > 0 && begins_section(block)) level = heading ? block.level : plain_line_level;
    dropped[i] = level > 0;
  }
  drop_up_to_share(blocks, dropped, max_share);
}

void drop_control_labels(std::vector<Block>& blocks) {
  std::erase_if(blocks, [](const Block& block) {
    return (is_prose(block) || block.kind == Block::Kind::heading) && is_control_label(block.text);
  });
}

void drop_repeated_blocks(std::vector<Block>& blocks, PageKind kind) {
  constexpr std::size_t min_bytes = 40;
  std::unordered_set<std::string> seen;
  std::vector<bool> dropped(blocks.size(), false);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    if (block.kind == Block::Kind::code || block.kind == Block::Kind::table_row) continue;
    const bool repeats_previous = i > 0 && blocks[i - 1].text == block.text;
    const bool already_seen =
        kind != PageKind::listing && block.text.size() >= min_bytes && !seen.insert(block.text).second;
    dropped[i] = repeats_previous || already_seen;
  }
  drop_up_to_share(blocks, dropped, 1);
}

}  // namespace stubkeeper::crawler
