#include "entries/subject_index.h"

#include <algorithm>
#include <unordered_set>

namespace stubkeeper::entries {
namespace {

struct Word {
  std::string_view text;
  std::string folded;
};

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= 'a' && byte <= 'z');
}

std::string fold_case(std::string_view text) {
  std::string folded{text};
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

// The punctuation of U+2000..U+206F (quotation marks, dashes, ellipsis, spaces) parts words; other non-ASCII
// bytes are letters.
bool starts_with_general_punctuation(std::string_view text) {
  return text.size() >= 3 && text[0] == '\xE2' && (text[1] == '\x80' || text[1] == '\x81');
}

std::vector<Word> split_words(std::string_view text) {
  std::vector<Word> words;
  for (std::size_t i = 0; i < text.size();) {
    if (starts_with_general_punctuation(text.substr(i))) {
      i += 3;
      continue;
    }
    if (!is_word_byte(text[i])) {
      ++i;
      continue;
    }
    const std::size_t begin = i;
    while (i < text.size() && is_word_byte(text[i]) && !starts_with_general_punctuation(text.substr(i))) ++i;
    const std::string_view word = text.substr(begin, i - begin);
    words.push_back({word, fold_case(word)});
  }
  return words;
}

// "Lithium", but not "IonQ", "AML3D" or "3M".
bool looks_like_common_word(std::string_view word) {
  if (word.empty() || word[0] < 'A' || word[0] > 'Z') return false;
  return std::all_of(word.begin() + 1, word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_word_byte(text[at - 1]);
    const bool ends = at + word.size() == text.size() || !is_word_byte(text[at + word.size()]);
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace

void SubjectIndex::add(std::int64_t entry_id, std::string_view title) {
  add_name(entry_id, title);
  const std::size_t open = title.find(" (");
  if (open == std::string_view::npos || title.back() != ')') return;
  add_name(entry_id, title.substr(0, open));
  const std::string_view inside = title.substr(open + 2, title.size() - open - 3);
  const bool abbreviation =
      inside.size() >= 3 && inside.size() <= 10 && std::all_of(inside.begin(), inside.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      });
  if (abbreviation) add_name(entry_id, inside);
}

void SubjectIndex::add_name(std::int64_t entry_id, std::string_view name) {
  const std::vector<Word> words = split_words(name);
  if (words.empty()) return;
  if (words.size() == 1 && words[0].text.size() < 3) return;  // "3M" would be found in every second table
  Name entry{entry_id, {}, words.size() == 1 ? std::string{words[0].text} : std::string{}};
  for (const Word& word : words) entry.words.push_back(word.folded);
  by_first_word_[entry.words[0]].push_back(names_.size());
  names_.push_back(std::move(entry));
}

std::vector<std::int64_t> SubjectIndex::find_mentions(std::string_view passage, std::string_view document) const {
  std::vector<std::int64_t> found;
  std::unordered_set<std::int64_t> seen;
  const std::vector<Word> words = split_words(passage);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto candidates = by_first_word_.find(words[i].folded);
    if (candidates == by_first_word_.end()) continue;
    for (const std::size_t index : candidates->second) {
      const Name& name = names_[index];
      if (seen.contains(name.entry_id) || i + name.words.size() > words.size()) continue;
      bool same = true;
      for (std::size_t k = 1; same && k < name.words.size(); ++k) same = words[i + k].folded == name.words[k];
      if (same && !name.exact.empty()) {
        same = words[i].text == name.exact &&
               !(looks_like_common_word(name.exact) && has_word(document, name.words[0]));
      }
      if (!same) continue;
      seen.insert(name.entry_id);
      found.push_back(name.entry_id);
    }
  }
  return found;
}

}  // namespace stubkeeper::entries
