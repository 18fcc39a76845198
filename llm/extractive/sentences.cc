#include "llm/extractive/sentences.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "base/text/sentences.h"
#include "base/text/strings.h"
#include "llm/verification/instructions.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

// By SentenceForm.
constexpr std::array<std::size_t, 2> min_sentence_bytes{40, 16};
constexpr std::array<std::size_t, 2> min_sentence_words{7, 4};
constexpr std::size_t max_sentence_bytes = 400;
constexpr std::size_t min_unread_letters = 10;  // a name or a label says nothing

bool is_balanced(std::string_view sentence) {
  const auto straight = std::count(sentence.begin(), sentence.end(), '"');
  const auto count_of = [&](std::string_view mark) {
    int count = 0;
    for (std::size_t at = sentence.find(mark); at != std::string_view::npos;
         at = sentence.find(mark, at + mark.size()))
      ++count;
    return count;
  };
  return straight % 2 == 0 && count_of("\xE2\x80\x9C") == count_of("\xE2\x80\x9D") &&
         count_of("(") == count_of(")");
}

}  // namespace

std::vector<std::string_view> split_passage_sentences(std::string_view passage, std::string_view language) {
  if (passage.starts_with('#') || passage.starts_with('|')) return {};
  if (passage.starts_with("- ") || passage.starts_with("> ")) passage.remove_prefix(2);
  return split_sentences(passage, language);
}

bool is_quotable(std::string_view sentence, SentenceForm form) {
  const auto at = static_cast<std::size_t>(form);
  if (sentence.size() < min_sentence_bytes[at] || sentence.size() > max_sentence_bytes ||
      !is_balanced(sentence))
    return false;
  const std::size_t end = sentence.find_last_not_of("\"')]\x9D\x80\xE2\x99");
  if (end == std::string_view::npos || sentence[end] != '.') return false;
  if (!is_ascii_upper(sentence[0]) && !is_ascii_digit(sentence[0]) && sentence[0] != '"' &&
      is_ascii(sentence[0]))
    return false;
  const auto words = lowercase_words(sentence);
  if (words.size() < min_sentence_words[at]) return false;
  static constexpr std::array openers = std::to_array<std::string_view>(
      {"click",  "subscribe", "sign",      "read",    "learn", "download", "contact",
       "share",  "follow",    "watch",     "see",     "get",   "join",     "register",
       "visit",  "please",    "discover",  "explore", "try",   "buy",      "shop",
       "book",   "enter",     "copyright", "we",      "our",   "you",      "your",
       "i",      "my",        "let",       "by",      "if",    "do",       "don",
       "submit", "accept",    "note",      "image",   "photo", "source",   "advertisement",
       "cookies"});
  if (contains(openers, words.front())) return false;
  const std::set<std::string> all{words.begin(), words.end()};
  return !all.contains("cookies") && !all.contains("javascript") && !all.contains("newsletter") &&
         !looks_like_instruction(sentence);
}

bool is_readable_passage(std::string_view passage) {
  if (looks_like_instruction(passage)) return false;
  const auto sentences = split_passage_sentences(passage);
  if (std::ranges::any_of(sentences,
                          [](std::string_view sentence) { return is_quotable(sentence, SentenceForm::any); }))
    return true;
  // Of three bytes in UTF-8: the scripts of East and South Asia. General punctuation begins with 0xE2 0x80.
  std::size_t letters = 0;
  for (std::size_t i = 0; i + 1 < passage.size(); ++i) {
    const auto byte = static_cast<unsigned char>(passage[i]);
    if (byte >= 0xE0 && byte < 0xF0 && passage.substr(i, 2) != "\xE2\x80") ++letters;
  }
  return letters < min_unread_letters || letters * 3 * 2 < passage.size();
}

}  // namespace stubkeeper::llm
