#include "llm/extractive/sentences.h"

#include <algorithm>
#include <array>

#include "llm/verification/instructions.h"
#include "llm/verification/words.h"

namespace stubkeeper::llm {
namespace {

constexpr std::size_t min_sentence_bytes = 40;
constexpr std::size_t max_sentence_bytes = 400;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_letter(char c) {
  return is_upper(c) || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

// The word right before position `at`.
std::string_view word_before(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && (is_letter(text[begin - 1]) || is_digit(text[begin - 1]) || text[begin - 1] == '.'))
    --begin;
  return text.substr(begin, at - begin);
}

bool is_abbreviation(std::string_view word) {
  static constexpr std::array known = std::to_array<std::string_view>(
      {"Inc",  "Corp", "Co",   "Ltd",  "LLC", "Bros", "Mr",  "Mrs", "Ms",   "Dr",  "Prof", "Sr",
       "Jr",   "St",   "vs",   "No",   "Nos", "Fig",  "Eq",  "Sec", "Ch",   "Vol", "pp",   "approx",
       "ca",   "etc",  "e.g",  "i.e",  "al",  "Gen",  "Col", "Lt",  "Capt", "Sgt", "Gov",  "Sen",
       "Rep",  "Hon",  "Dept", "Univ", "Jan", "Feb",  "Mar", "Apr", "Jun",  "Jul", "Aug",  "Sep",
       "Sept", "Oct",  "Nov",  "Dec",  "U.S", "U.K",  "E.U", "U.N", "D.C",  "a.m", "p.m"});
  if (word.size() == 1 && is_upper(word[0])) return true;
  return std::find(known.begin(), known.end(), word) != known.end();
}

// Closing quotation marks and brackets after the stop belong to the sentence.
std::size_t skip_closing_marks(std::string_view text, std::size_t at) {
  for (;;) {
    if (at < text.size() && (text[at] == '"' || text[at] == '\'' || text[at] == ')' || text[at] == ']')) {
      ++at;
    } else if (text.substr(at, 3) == "\xE2\x80\x9D" || text.substr(at, 3) == "\xE2\x80\x99") {
      at += 3;
    } else {
      return at;
    }
  }
}

bool begins_sentence(std::string_view text, std::size_t at) {
  if (at >= text.size()) return true;
  const char c = text[at];
  return is_upper(c) || is_digit(c) || c == '"' || c == '(' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool ends_sentence(std::string_view text, std::size_t stop) {
  const std::size_t after = skip_closing_marks(text, stop + 1);
  if (after < text.size() && text[after] != ' ' && text[after] != '\n') return false;
  const std::size_t next = text.find_first_not_of(" \n", after);
  if (next == std::string_view::npos) return true;
  if (!begins_sentence(text, next)) return false;
  if (text[stop] != '.') return true;
  const std::string_view word = word_before(text, stop);
  if (!is_abbreviation(word)) return true;
  // "... in the U.S. The plant ..." ends a sentence; "... of the U.S. Navy ..." does not. An article or
  // pronoun tells.
  const std::string_view rest = text.substr(next);
  for (const std::string_view opener :
       {"The ", "It ", "This ", "In ", "A ", "He ", "She ", "They ", "Its "}) {
    if (rest.starts_with(opener) && word.size() > 1) return true;
  }
  return false;
}

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

std::vector<std::string_view> split_sentences(std::string_view passage) {
  std::vector<std::string_view> sentences;
  if (passage.starts_with('#') || passage.starts_with('|')) return sentences;
  if (passage.starts_with("- ") || passage.starts_with("> ")) passage.remove_prefix(2);
  std::size_t begin = 0;
  for (std::size_t i = 0; i < passage.size(); ++i) {
    const char c = passage[i];
    if ((c != '.' && c != '!' && c != '?') || !ends_sentence(passage, i)) continue;
    const std::size_t end = skip_closing_marks(passage, i + 1);
    sentences.push_back(trimmed(passage.substr(begin, end - begin)));
    begin = end;
    i = end - 1;
  }
  if (const std::string_view rest = trimmed(passage.substr(std::min(begin, passage.size()))); !rest.empty())
    sentences.push_back(rest);
  return sentences;
}

bool is_quotable(std::string_view sentence) {
  if (sentence.size() < min_sentence_bytes || sentence.size() > max_sentence_bytes || !is_balanced(sentence)) return false;
  const std::size_t end = sentence.find_last_not_of("\"')]\x9D\x80\xE2\x99");
  if (end == std::string_view::npos || sentence[end] != '.') return false;
  if (!is_upper(sentence[0]) && !is_digit(sentence[0]) && sentence[0] != '"' &&
      static_cast<unsigned char>(sentence[0]) < 0x80)
    return false;
  const auto words = lowercase_words(sentence);
  if (words.size() < 7) return false;
  static constexpr std::array openers = std::to_array<std::string_view>(
      {"click",  "subscribe", "sign",      "read",    "learn", "download", "contact",
       "share",  "follow",    "watch",     "see",     "get",   "join",     "register",
       "visit",  "please",    "discover",  "explore", "try",   "buy",      "shop",
       "book",   "enter",     "copyright", "we",      "our",   "you",      "your",
       "i",      "my",        "let",       "by",      "if",    "do",       "don",
       "submit", "accept",    "note",      "image",   "photo", "source",   "advertisement",
       "cookies"});
  if (std::find(openers.begin(), openers.end(), words.front()) != openers.end()) return false;
  const std::set<std::string> all{words.begin(), words.end()};
  return !all.contains("cookies") && !all.contains("javascript") && !all.contains("newsletter") &&
         !looks_like_instruction(sentence);
}

}  // namespace stubkeeper::llm
