#include "crawler/extract/supplementary_sections.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/text/dates.h"
#include "crawler/extract/section_headings.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

std::size_t bytes_of(const std::vector<Block>& blocks) {
  std::size_t bytes = 0;
  for (const Block& block : blocks) bytes += block.text.size();
  return bytes;
}

bool begins_news(const Block& block) {
  return block.kind == Block::Kind::heading && is_news_heading(block.text);
}

// The end of the section that a block begins: the next heading of its level or a higher one.
std::size_t find_section_end(const std::vector<Block>& blocks, std::size_t begin, int level) {
  std::size_t end = begin + 1;
  while (end < blocks.size() && !(blocks[end].kind == Block::Kind::heading && blocks[end].level <= level))
    ++end;
  return end;
}

// Whether a section "Latest news" is the site's own word rather than a box with other stories: there is little
// text above it, its items have dates, or text follows.
bool is_own_news(const std::vector<Block>& blocks, std::size_t begin, std::size_t end) {
  constexpr std::size_t max_bytes_above = 600;
  const auto prose_bytes = [&](std::size_t from, std::size_t to) {
    std::size_t bytes = 0;
    for (std::size_t i = from; i < to; ++i)
      if (blocks[i].kind == Block::Kind::paragraph) bytes += blocks[i].text.size() - blocks[i].link_bytes;
    return bytes;
  };
  if (prose_bytes(0, begin) < max_bytes_above) return true;
  std::size_t items = 0;
  std::size_t dated = 0;
  for (std::size_t i = begin + 1; i < end; ++i) {
    if (!is_prose(blocks[i])) continue;
    ++items;
    dated += find_date(blocks[i].text).empty() ? 0 : 1;
  }
  constexpr std::size_t min_bytes_below = 100;
  return (items > 0 && 2 * dated >= items) || prose_bytes(end, blocks.size()) >= min_bytes_below;
}

// "Read more: Valves are dear", with the part behind the colon linked.
bool is_line_of_related_link(const Block& block) {
  const std::size_t colon = block.text.find(':');
  if (block.kind != Block::Kind::paragraph || colon == std::string::npos) return false;
  const std::size_t rest = block.text.size() - colon;
  return static_cast<double>(block.link_bytes) >= 0.6 * static_cast<double>(rest) &&
         classify_heading(std::string_view{block.text}.substr(0, colon)) == SectionKind::related;
}

bool is_mostly_links(const Block& block) {
  return static_cast<double>(block.link_bytes) >= 0.8 * static_cast<double>(block.text.size());
}

bool is_paragraph_of_prose(const Block& block) {
  constexpr std::size_t min_bytes = 80;
  return block.kind == Block::Kind::paragraph && block.text.size() >= min_bytes &&
         static_cast<double>(block.link_bytes) < 0.3 * static_cast<double>(block.text.size());
}

// Where the paragraphs of a text stand: in one element, or in wrappers of one class in one element.
class TextPlaces {
 public:
  explicit TextPlaces(const PageTree& page) : page_(page) {}

  void add(const Block& block) {
    const Index parent = page_[block.node].parent;
    parents_.insert(parent);
    wrappers_.insert(wrapper_of(parent));
  }

  bool contain(const Block& block) const {
    const Index parent = page_[block.node].parent;
    return parents_.contains(parent) || wrappers_.contains(wrapper_of(parent));
  }

 private:
  std::string wrapper_of(Index parent) const {
    return std::to_string(page_[parent].parent) + ' ' + std::to_string(static_cast<int>(page_.tag(parent))) +
           ' ' + std::string{page_.attribute(parent, "class").substr(0, 200)};
  }

  const PageTree& page_;
  std::unordered_set<Index> parents_;
  std::unordered_set<std::string> wrappers_;
};

class SectionFinder {
 public:
  SectionFinder(const PageView& view, const std::vector<Block>& blocks)
      : view_(view), page_(view.page), blocks_(blocks), places_(view.page), found_(blocks.size(), false) {}

  std::vector<bool> run() {
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const Block& block = blocks_[i];
      if (level_ > 0 && ends_section(i)) level_ = 0;
      if (level_ == 0 && i > 0) begin_section(i);
      found_[i] = level_ > 0;
      if (level_ == 0 && is_paragraph_of_prose(block)) places_.add(block);
    }
    return std::move(found_);
  }

 private:
  static constexpr int plain_line_level = 7;

  void begin_section(std::size_t i) {
    const Block& block = blocks_[i];
    const bool is_heading = block.kind == Block::Kind::heading;
    is_one_line_ = is_line_of_related_link(block);
    section_ = is_one_line_ ? SectionKind::related : classify_heading(block.text);
    const bool begins = is_heading ? heading_begins_section(i) : line_begins_section(block);
    if (!begins) return;
    begin_ = i;
    level_ = is_heading ? block.level : plain_line_level;
  }

  bool heading_begins_section(std::size_t i) const {
    if (section_ == SectionKind::reviews) return is_sales_page();
    if (section_ != SectionKind::latest) return section_ != SectionKind::text;
    return view_.is_story || (!is_front_page(view_.address) &&
                              !is_own_news(blocks_, i, find_section_end(blocks_, i, blocks_[i].level)));
  }

  // A line of the text may be one of these words; a line above a list ends without a stop.
  bool line_begins_section(const Block& block) const {
    if (section_ == SectionKind::reviews) return is_sales_page();
    return block.kind == Block::Kind::paragraph && block.text.find(' ') != std::string::npos &&
           (section_ == SectionKind::related || section_ == SectionKind::comments ||
            (section_ == SectionKind::latest && view_.is_story));
  }

  bool is_sales_page() const { return view_.kind == PageKind::product || view_.kind == PageKind::listing; }

  bool ends_section(std::size_t i) {
    const Block& block = blocks_[i];
    if (is_one_line_) return !is_mostly_links(block);
    if (block.kind == Block::Kind::heading) return block.level <= level_;
    if (!is_paragraph_of_prose(block) || !places_.contain(block) || is_teaser(i)) return false;
    const bool is_next = i == begin_ + 1;
    // Who the author is.
    if (is_next && section_ == SectionKind::about_author) return false;
    if (is_next && section_ == SectionKind::related && blocks_[begin_].kind == Block::Kind::heading)
      found_[begin_] = false;
    return true;
  }

  // A few words on another page, between its linked title and the next one.
  bool is_teaser(std::size_t i) const {
    const auto is_title = [&](const Block& block) {
      return page_[block.node].parent == page_[blocks_[i].node].parent &&
             (block.kind == Block::Kind::heading || is_mostly_links(block));
    };
    return i > begin_ + 1 && is_title(blocks_[i - 1]) && i + 1 < blocks_.size() && is_title(blocks_[i + 1]);
  }

  const PageView& view_;
  const PageTree& page_;
  const std::vector<Block>& blocks_;
  TextPlaces places_;
  std::vector<bool> found_;
  int level_ = 0;  // of the heading whose section it is; 0 for none
  std::size_t begin_ = 0;
  bool is_one_line_ = false;  // its links are in the line that begins it
  SectionKind section_ = SectionKind::text;
};

}  // namespace

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

void drop_link_lists(std::vector<Block>& blocks, bool is_story) {
  constexpr std::size_t min_run = 6;
  constexpr double max_share = 0.4;
  const auto is_link = [](const Block& block) {
    return is_prose(block) && block.text.size() < 120 &&
           static_cast<double>(block.link_bytes) >= 0.8 * static_cast<double>(block.text.size());
  };
  std::vector<bool> dropped(blocks.size(), false);
  for (std::size_t i = 0; i < blocks.size();) {
    if (!is_story && begins_news(blocks[i])) {
      i = find_section_end(blocks, i, blocks[i].level);
      continue;
    }
    std::size_t end = i;
    while (end < blocks.size() && is_link(blocks[end])) ++end;
    if (end - i >= min_run)
      std::fill(dropped.begin() + static_cast<std::ptrdiff_t>(i),
                dropped.begin() + static_cast<std::ptrdiff_t>(end), true);
    i = std::max(end, i + 1);
  }
  drop_up_to_share(blocks, dropped, max_share);
}

void drop_supplementary_sections(std::vector<Block>& blocks, const PageView& view) {
  constexpr double max_share = 0.5;
  drop_up_to_share(blocks, SectionFinder{view, blocks}.run(), max_share);
}

void drop_control_labels(std::vector<Block>& blocks) {
  std::erase_if(blocks, [](const Block& block) {
    return (is_prose(block) || block.kind == Block::Kind::heading) && is_control_label(block.text);
  });
}

}  // namespace stubkeeper::crawler
