#include "crawler/extract/page_view.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "crawler/extract/blocks.h"
#include "crawler/extract/name_hints.h"
#include "crawler/extract/phrases.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

// Common headings and labels, which say that something is no part of a page's text
// (schema/heading_phrases.txt). English, German, French, Spanish, Italian, Dutch and Portuguese;
// case and punctuation at the ends are ignored.

// The section below a heading.
enum class SectionKind { text, related, comments, reviews, about_author, sharing, newsletter };
SectionKind classify_heading(std::string_view heading);

// Filters that drop blocks which are no part of a page's text, and keep the order of the others.

constexpr std::size_t max_phrase_bytes = 80;
constexpr std::size_t max_label_bytes = 40;

PhraseList read(std::string_view section) {
  return parse_phrases("heading_phrases.txt", section);
}

struct HeadingPhrases {
  PhraseList related_prefixes = read("related_prefixes");
  PhraseList related_phrases = read("related_phrases");
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

// Lists of links beside a text (related pages, other threads, categories). Where a page is mostly
// such lists, they stay.
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

// Sections under a heading such as "Related articles" or "Leave a reply", up to the next heading of
// the same or a higher level; buyers' reviews beside a product. They stay where they are a large
// part of the text.
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

// Labels of controls ("Add to cart", "Read more").
void drop_control_labels(std::vector<Block>& blocks) {
  std::erase_if(blocks, [](const Block& block) {
    return (is_prose(block) || block.kind == Block::Kind::heading) && is_control_label(block.text);
  });
}

// Repetitions: a block equal to the one before it, and a longer one equal to any before it, except
// in a listing, whose items may be alike. Pages have some texts twice, for wide and for narrow
// screens, and replies in a forum quote.
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

// The element that holds the main text: an <article> or <main> with most of it, else the smallest
// with nearly all.
Index find_main_element(const PageTree& page, const TextSizes& sizes) {
  Index root = std::min(page.find(GUMBO_TAG_BODY), page.size() - 1);
  if (page.tag(root) != GUMBO_TAG_BODY) root = 0;
  const auto share = [&](Index node, Index of) {
    return static_cast<double>(sizes.unlinked(node)) /
           static_cast<double>(std::max<std::size_t>(sizes.unlinked(of), 1));
  };
  // On a page of links alone, the words beside them are no text to narrow down to.
  constexpr std::size_t min_text = 100;
  const Index body = root;
  for (Index i = body; i < page[body].end; ++i) {
    const bool is_main_element = page.tag(i) == GUMBO_TAG_MAIN || page.tag(i) == GUMBO_TAG_ARTICLE ||
                                 page.attribute(i, "role") == "main";
    if (is_main_element && share(i, body) > 0.5 && share(i, root) > 0.5) root = i;
  }
  for (bool descended = true; descended;) {
    descended = false;
    for (Index child = root + 1; child < page[root].end; child = page[child].end) {
      if (!page.is_text(child) && sizes.unlinked(child) > min_text && share(child, root) > 0.9) {
        root = child;
        descended = true;
        break;
      }
    }
  }
  return root;
}

// The description in JSON-LD alone, of a product's page that is drawn by script.
void add_description(std::vector<Block>& blocks, const std::string& description) {
  constexpr std::size_t min_bytes = 100;
  if (description.size() < min_bytes) return;
  std::unordered_set<std::string> seen_words;
  for (const Block& block : blocks) {
    for (std::string& word : split_name_words(block.text)) seen_words.insert(std::move(word));
  }
  const std::vector<std::string> words = split_name_words(description);
  const auto known = static_cast<std::size_t>(std::count_if(
      words.begin(), words.end(), [&](const std::string& word) { return seen_words.contains(word); }));
  if (10 * known >= 8 * words.size()) return;
  for (std::size_t begin = 0; begin < description.size();) {
    const std::size_t end = std::min(description.find("\n\n", begin), description.size());
    blocks.push_back({Block::Kind::paragraph, 0, description.substr(begin, end - begin), 0, 0});
    begin = end + 2;
  }
}

// A thread as its posts: who, when, what.
std::vector<Block> extract_post_blocks(const PageView& view) {
  std::vector<Block> blocks;
  for (const ForumPost& post : view.posts) {
    for (const Index line : {post.author, post.date}) {
      if (line != 0) blocks.push_back({Block::Kind::paragraph, 0, view.page.text(line), line, 0});
    }
    for (Block& block : extract_blocks(view.page, post.body, view.dropped))
      blocks.push_back(std::move(block));
  }
  return blocks;
}

}  // namespace

std::string extract_main_text(const PageView& view) {
  std::vector<Block> blocks =
      view.posts.empty() ? extract_blocks(view.page, find_main_element(view.page, view.sizes), view.dropped)
                         : extract_post_blocks(view);
  if (view.kind != PageKind::listing) drop_link_lists(blocks);
  if (view.kind != PageKind::forum) drop_supplementary_sections(blocks, view.kind);
  drop_control_labels(blocks);
  drop_repeated_blocks(blocks, view.kind);
  if (view.kind == PageKind::product) add_description(blocks, view.data.description);
  return blocks_to_text(blocks);
}

}  // namespace stubkeeper::crawler
