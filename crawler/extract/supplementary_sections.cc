#include "crawler/extract/supplementary_sections.h"

#include <algorithm>
#include <string_view>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "crawler/extract/phrases.h"

namespace stubkeeper::crawler {
namespace {

// Common headings and labels, which say that something is no part of a page's text
// (schema/heading_phrases.txt). English, German, French, Spanish, Italian, Dutch and Portuguese;
// case and punctuation at the ends are ignored.

// The section below a heading.
enum class SectionKind { text, related, latest, comments, reviews, about_author, sharing, newsletter };

constexpr std::size_t max_phrase_bytes = 80;
constexpr std::size_t max_label_bytes = 40;

PhraseList read(std::string_view section) {
  return parse_phrases("heading_phrases.txt", section);
}

struct HeadingPhrases {
  PhraseList related_prefixes = read("related_prefixes");
  PhraseList related_phrases = read("related_phrases");
  PhraseList latest_prefixes = read("latest_prefixes");
  PhraseList news_headings = read("news_headings");
  PhraseList comment_prefixes = read("comment_prefixes");
  PhraseList review_prefixes = read("review_prefixes");
  PhraseList author_prefixes = read("author_prefixes");
  PhraseList sharing_phrases = read("sharing_phrases");
  PhraseList newsletter_prefixes = read("newsletter_prefixes");
  PhraseList control_labels = read("control_labels");
};

const HeadingPhrases& heading_phrases() {
  static const HeadingPhrases phrases;
  return phrases;
}

// Lower case, without punctuation and digits at its ends, one space between words.
std::string normalize_phrase(std::string_view text) {
  while (!text.empty() && !is_letter_byte(text.front())) text.remove_prefix(1);
  while (!text.empty() && !is_letter_byte(text.back())) text.remove_suffix(1);
  std::string phrase = ascii_lower(text.substr(0, max_phrase_bytes + 1));
  // The apostrophe as it is typed and as it is set.
  phrase = replace_all(std::move(phrase), "’", "'");
  return phrase;
}

bool starts_with_one_of(std::string_view phrase, const PhraseList& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) {
    return phrase.starts_with(prefix) && (phrase.size() == prefix.size() || phrase[prefix.size()] == ' ');
  });
}

SectionKind classify_heading(std::string_view heading) {
  if (heading.size() > max_phrase_bytes) return SectionKind::text;
  const HeadingPhrases& phrases = heading_phrases();
  const std::string phrase = normalize_phrase(heading);
  const bool is_label = phrase.size() < max_label_bytes;
  if (contains(phrases.related_phrases, phrase) || starts_with_one_of(phrase, phrases.related_prefixes))
    return SectionKind::related;
  if (starts_with_one_of(phrase, phrases.latest_prefixes)) return SectionKind::latest;
  if (is_label && starts_with_one_of(phrase, phrases.comment_prefixes)) return SectionKind::comments;
  if (phrase.ends_with(" comments") || phrase.ends_with(" responses") || phrase.starts_with("responses to"))
    return SectionKind::comments;
  if (is_label && starts_with_one_of(phrase, phrases.review_prefixes)) return SectionKind::reviews;
  if (starts_with_one_of(phrase, phrases.author_prefixes)) return SectionKind::about_author;
  if (contains(phrases.sharing_phrases, phrase)) return SectionKind::sharing;
  if (starts_with_one_of(phrase, phrases.newsletter_prefixes)) return SectionKind::newsletter;
  return SectionKind::text;
}

// Whether a block is only the label of a control: "Add to cart", "Share".
bool is_control_label(std::string_view block) {
  return block.size() <= max_label_bytes &&
         contains(heading_phrases().control_labels, normalize_phrase(block));
}

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

}  // namespace

bool is_news_heading(std::string_view heading) {
  return heading.size() <= max_phrase_bytes &&
         contains(heading_phrases().news_headings, normalize_phrase(heading));
}

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
  constexpr int plain_line_level = 7;
  const bool is_sales_page = view.kind == PageKind::product || view.kind == PageKind::listing;
  const bool is_front = is_front_page(view.address);
  const auto begins_section = [&](std::size_t i) {
    const Block& block = blocks[i];
    const SectionKind section = classify_heading(block.text);
    if (section == SectionKind::reviews) return is_sales_page;
    if (section == SectionKind::latest && block.kind == Block::Kind::heading)
      return view.is_story ||
             (!is_front && !is_own_news(blocks, i, find_section_end(blocks, i, block.level)));
    if (block.kind == Block::Kind::heading) return section != SectionKind::text;
    // A line of the text may be one of these words; a line above a list ends without a stop.
    return block.kind == Block::Kind::paragraph && block.text.find(' ') != std::string::npos &&
           (section == SectionKind::related || section == SectionKind::comments ||
            (section == SectionKind::latest && view.is_story));
  };
  std::vector<bool> dropped(blocks.size(), false);
  int level = 0;  // of the heading whose section is being dropped; 0 for none
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const Block& block = blocks[i];
    const bool heading = block.kind == Block::Kind::heading;
    if (heading && block.level <= level) level = 0;
    if (level == 0 && i > 0 && begins_section(i)) level = heading ? block.level : plain_line_level;
    dropped[i] = level > 0;
  }
  drop_up_to_share(blocks, dropped, max_share);
}

void drop_control_labels(std::vector<Block>& blocks) {
  std::erase_if(blocks, [](const Block& block) {
    return (is_prose(block) || block.kind == Block::Kind::heading) && is_control_label(block.text);
  });
}

}  // namespace stubkeeper::crawler
