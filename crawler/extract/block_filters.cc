#include "crawler/extract/block_filters.h"

#include <algorithm>
#include <unordered_set>

#include "crawler/extract/phrases.h"

namespace stubkeeper::crawler {
namespace {

std::size_t bytes_of(const std::vector<Block>& blocks) {
  std::size_t bytes = 0;
  for (const Block& block : blocks) bytes += block.text.size();
  return bytes;
}

// Removes the blocks for which `dropped` is set, unless they are more than this share of the text.
void remove(std::vector<Block>& blocks, const std::vector<bool>& dropped, double most_share) {
  std::size_t dropped_bytes = 0;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    if (dropped[i]) dropped_bytes += blocks[i].text.size();
  }
  if (static_cast<double>(dropped_bytes) > most_share * static_cast<double>(bytes_of(blocks))) return;
  std::size_t i = 0;
  std::erase_if(blocks, [&](const Block&) { return dropped[i++]; });
}

bool is_prose(const Block& block) {
  return block.kind == Block::Kind::list_item || block.kind == Block::Kind::paragraph;
}

}  // namespace

void drop_lists_of_links(std::vector<Block>& blocks) {
  constexpr std::size_t least_run = 6;
  constexpr double most_share = 0.4;
  const auto is_link = [](const Block& block) {
    return is_prose(block) && block.text.size() < 120 &&
           static_cast<double>(block.link_bytes) >= 0.8 * static_cast<double>(block.text.size());
  };
  std::vector<bool> dropped(blocks.size(), false);
  for (std::size_t i = 0; i < blocks.size();) {
    std::size_t end = i;
    while (end < blocks.size() && is_link(blocks[end])) ++end;
    if (end - i >= least_run)
      std::fill(dropped.begin() + static_cast<std::ptrdiff_t>(i),
                dropped.begin() + static_cast<std::ptrdiff_t>(end), true);
    i = std::max(end, i + 1);
  }
  remove(blocks, dropped, most_share);
}

void drop_sections_beside_the_text(std::vector<Block>& blocks, PageKind kind) {
  constexpr double most_share = 0.5;
  constexpr int level_of_plain_line = 7;
  const bool sells = kind == PageKind::product || kind == PageKind::listing;
  const auto begins_one = [&](const Block& block) {
    const Section section = section_of_heading(block.text);
    if (section == Section::reviews) return sells;
    if (block.kind == Block::Kind::heading) return section != Section::text;
    // A line of the text may be one of these words; a line that says what follows ends without a stop.
    return block.kind == Block::Kind::paragraph && block.text.find(' ') != std::string::npos &&
           (section == Section::related || section == Section::comments);
  };
  std::vector<bool> dropped(blocks.size(), false);
  int level = 0;  // of the heading whose section is being dropped; 0 for none
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    const bool heading = block.kind == Block::Kind::heading;
    if (heading && block.level <= level) level = 0;
    if (level == 0 && i > 0 && begins_one(block)) level = heading ? block.level : level_of_plain_line;
    dropped[i] = level > 0;
  }
  remove(blocks, dropped, most_share);
}

void drop_labels(std::vector<Block>& blocks) {
  std::erase_if(blocks, [](const Block& block) {
    return (is_prose(block) || block.kind == Block::Kind::heading) && is_label_of_control(block.text);
  });
}

void drop_repetitions(std::vector<Block>& blocks, PageKind kind) {
  constexpr std::size_t least_bytes = 40;
  std::unordered_set<std::string> seen;
  std::vector<bool> dropped(blocks.size(), false);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    if (block.kind == Block::Kind::code || block.kind == Block::Kind::table_row) continue;
    const bool just_said = i > 0 && blocks[i - 1].text == block.text;
    const bool said =
        kind != PageKind::listing && block.text.size() >= least_bytes && !seen.insert(block.text).second;
    dropped[i] = just_said || said;
  }
  remove(blocks, dropped, 1);
}

}  // namespace stubkeeper::crawler
