#include "llm/verification/words.h"

#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "base/text/strings.h"

namespace stubkeeper::llm {
namespace {

// Sorted.
constexpr std::array function_words = std::to_array<std::string_view>(
    {"a",     "about", "after", "again", "all",   "also",   "an",   "and",  "any",   "are",     "as",
     "at",    "be",    "been",  "being", "both",  "but",    "by",   "can",  "did",   "do",      "does",
     "for",   "from",  "had",   "has",   "have",  "having", "he",   "her",  "his",   "how",     "i",
     "in",    "into",  "is",    "it",    "its",   "more",   "of",   "off",  "on",    "or",      "our",
     "out",   "over",  "own",   "s",     "she",   "so",     "some", "such", "t",     "than",    "that",
     "the",   "their", "them",  "then",  "there", "these",  "they", "this", "those", "through", "to",
     "too",   "under", "up",    "upon",  "very",  "was",    "we",   "were", "what",  "when",    "where",
     "which", "while", "who",   "whom",  "whose", "with",   "yet",  "you",  "your"});

std::string stem(std::string word) {
  constexpr std::size_t shortest = 3;
  for (const std::string_view ending : {"ing", "ied", "ies", "ed", "es", "s", "e", "y"}) {
    if (!word.ends_with(ending) || word.size() < ending.size() + shortest) continue;
    word.resize(word.size() - ending.size());
    break;
  }
  const std::size_t last = word.size() - 1;
  if (word.size() > shortest && word[last] == word[last - 1] && is_ascii_letter(word[last])) word.pop_back();
  return word;
}

bool separates_clauses(const Word& word) {
  static constexpr std::array conjunctions =
      std::to_array<std::string_view>({"but", "while", "although", "whereas", "though"});
  return contains(conjunctions, ascii_lower(word.text));
}

}  // namespace

std::vector<std::string> lowercase_words(std::string_view text) {
  std::vector<std::string> words;
  for (const Word& word : split_words(text)) words.push_back(fold_case(word.text));
  return words;
}

std::set<std::string> lowercase_word_set(std::string_view text) {
  const auto words = lowercase_words(text);
  return {words.begin(), words.end()};
}

double jaccard_similarity(const std::set<std::string>& a, const std::set<std::string>& b) {
  if (a.empty() || b.empty()) return 0;
  std::size_t common = 0;
  for (const std::string& word : a) common += b.contains(word) ? 1 : 0;
  return static_cast<double>(common) / static_cast<double>(a.size() + b.size() - common);
}

bool is_function_word(std::string_view word) {
  return std::binary_search(function_words.begin(), function_words.end(), word);
}

std::set<std::string> content_words(std::string_view text) {
  std::set<std::string> content;
  for (std::string& word : lowercase_words(text)) {
    if (!is_function_word(word)) content.insert(stem(std::move(word)));
  }
  return content;
}

double containment_ratio(const std::set<std::string>& part, const std::set<std::string>& whole) {
  if (part.empty()) return 0;
  const auto common =
      std::count_if(part.begin(), part.end(), [&](const std::string& word) { return whole.contains(word); });
  return static_cast<double>(common) / static_cast<double>(part.size());
}

std::vector<std::string_view> split_clauses(std::string_view text) {
  std::vector<std::string_view> clauses;
  std::size_t begin = 0;
  std::size_t before = 0;
  const auto end_clause = [&](std::size_t end, std::size_t next) {
    if (end > begin) clauses.push_back(text.substr(begin, end - begin));
    begin = next;
  };
  for (const Word& word : split_words(text)) {
    const std::string_view between = text.substr(before, word.begin - before);
    // Between two words: "1,000" is one figure, and an apostrophe or a hyphen joins.
    const bool in_figure = between.size() == 1 && before > 0 && is_ascii_digit(text[before - 1]) &&
                           is_ascii_digit(word.text[0]) &&
                           (between == "," || between == "." || between == ":");
    const bool stops = between.find_first_of(".,;:!?\n()") != std::string_view::npos ||
                       between.find("\xE2\x80\x93") != std::string_view::npos ||
                       between.find("\xE2\x80\x94") != std::string_view::npos;
    if ((stops && !in_figure) || separates_clauses(word)) end_clause(before, word.begin);
    before = word.end();
  }
  end_clause(text.size(), text.size());
  return clauses;
}

std::string padded_words(std::string_view text) {
  std::string padded = " ";
  for (const Word& word : split_words(text)) padded += fold_case(word.text) + " ";
  return padded;
}

std::vector<std::string> find_phrases(const std::string& padded, const std::vector<std::string>& phrases) {
  std::vector<std::string> found;
  std::string wanted;
  for (const std::string& phrase : phrases) {
    // Most are written as they are looked for; there are hundreds of them, and every change meets them all.
    const bool plain = std::all_of(phrase.begin(), phrase.end(),
                                   [](char c) { return c == ' ' || is_ascii_lower(c) || is_ascii_digit(c); });
    if (plain) {
      wanted.assign(1, ' ').append(phrase).append(1, ' ');
    } else {
      wanted = padded_words(phrase);
    }
    if (wanted.size() > 2 && padded.find(wanted) != std::string::npos) found.push_back(phrase);
  }
  return found;
}

}  // namespace stubkeeper::llm
