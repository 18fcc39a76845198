#include "crawler/passages.h"

#include <algorithm>
#include <cstdint>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/utf8.h"
#include "crawler/extract/page_features.h"
#include "crawler/extract/phrases.h"

namespace stubkeeper::crawler {
namespace {

const PhraseList& related_headings() {
  static const PhraseList headings = parse_phrases("related_headings.txt", "related_headings");
  return headings;
}

std::string_view strip_heading_mark(std::string_view passage) {
  passage.remove_prefix(std::min(passage.find_first_not_of('#'), passage.size()));
  return passage;
}

// Teasers and titles; a paragraph below the heading belongs to the text again.
bool can_be_a_title(std::string_view passage) {
  constexpr std::size_t max_bytes = 200;
  if (passage.starts_with("- ") || passage.starts_with("| ")) return true;
  return passage.size() <= max_bytes && !passage.ends_with('.') && !passage.ends_with("。");
}

// From U+3000 on: Chinese, Japanese and Korean, where each character is taken for a word.
bool begins_wide_character(char c) {
  return static_cast<unsigned char>(c) >= 0xE3;
}

void append_words(std::vector<std::uint64_t>& words, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word_byte(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at++;
    if (begins_wide_character(text[begin])) {
      while (at < text.size() && is_utf8_continuation(text[at])) ++at;
    } else {
      while (at < text.size() && is_word_byte(text[at]) && !begins_wide_character(text[at])) ++at;
    }
    words.push_back(hash_text64(text.substr(begin, at - begin)));
  }
}

}  // namespace

std::vector<TextRange> split_passages(std::string_view text) {
  std::vector<TextRange> passages;
  const auto is_edge = [&](std::size_t at) {
    const char c = text[at];
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  };
  std::size_t begin = 0;
  while (begin < text.size()) {
    // The end: a line end, then nothing but white space up to the next one.
    std::size_t end = begin;
    std::size_t next = text.size();
    for (; end < text.size(); ++end) {
      if (text[end] != '\n') continue;
      std::size_t blank = end + 1;
      while (blank < text.size() && text[blank] != '\n' && is_edge(blank)) ++blank;
      if (blank >= text.size() || text[blank] == '\n') {
        next = std::min(blank + 1, text.size());
        break;
      }
      end = blank - 1;
    }
    std::size_t first = begin;
    std::size_t last = end;
    // Indented code keeps the indent of its first line.
    while (first < last && is_edge(first) && text[first] != ' ' && text[first] != '\t') ++first;
    while (last > first && is_edge(last - 1)) --last;
    if (last > first) passages.push_back({first, last});
    begin = next;
  }
  return passages;
}

std::vector<bool> mark_related_pages(std::string_view text, const std::vector<TextRange>& passages) {
  std::vector<bool> related(passages.size(), false);
  // A page that begins with such a list is one.
  constexpr std::size_t min_text_above = 200;
  std::size_t text_above = 0;
  bool below = false;
  for (std::size_t i = 0; i < passages.size(); ++i) {
    const std::string_view passage = text.substr(passages[i].begin, passages[i].end - passages[i].begin);
    const bool is_heading = passage.starts_with("#");
    // Many write such a heading as a line of its own.
    constexpr std::size_t max_heading_bytes = 80;
    if (is_heading || passage.size() <= max_heading_bytes) {
      const std::string folded = strip_end_marks(fold_for_matching(strip_heading_mark(passage)));
      const bool is_related_heading = contains(related_headings(), folded);
      if (is_heading || is_related_heading) below = is_related_heading && text_above >= min_text_above;
    }
    if (below && !is_heading && !can_be_a_title(passage)) below = false;
    related[i] = below;
    if (!below) text_above += passage.size();
  }
  return related;
}

std::optional<MinHash> story_signature(const std::vector<std::string>& normalized_passages) {
  std::vector<std::uint64_t> words;
  for (const std::string& normalized_passage : normalized_passages) append_words(words, normalized_passage);
  if (words.size() < min_story_words) return std::nullopt;
  std::vector<std::uint64_t> runs;
  runs.reserve(words.size());
  for (std::size_t i = 2; i < words.size(); ++i)
    runs.push_back((words[i - 2] * 31 + words[i - 1]) * 31 + words[i]);
  return min_hash(runs);
}

}  // namespace stubkeeper::crawler
