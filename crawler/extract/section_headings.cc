#include "crawler/extract/section_headings.h"

#include <algorithm>
#include <string>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "crawler/extract/phrases.h"

namespace stubkeeper::crawler {
namespace {

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

}  // namespace

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

bool is_control_label(std::string_view block) {
  return block.size() <= max_label_bytes &&
         contains(heading_phrases().control_labels, normalize_phrase(block));
}

bool is_news_heading(std::string_view heading) {
  return heading.size() <= max_phrase_bytes &&
         contains(heading_phrases().news_headings, normalize_phrase(heading));
}

}  // namespace stubkeeper::crawler
