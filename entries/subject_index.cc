#include "entries/subject_index.h"

#include <algorithm>
#include <unordered_set>

#include "base/text/ascii.h"
#include "base/text/words.h"

namespace stubkeeper::entries {
namespace {

// "Lithium", but not "IonQ", "AML3D" or "3M".
bool looks_like_common_word(std::string_view word) {
  return !word.empty() && is_ascii_upper(word[0]) &&
         std::all_of(word.begin() + 1, word.end(), is_ascii_lower);
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
        return is_ascii_upper(c) || is_ascii_digit(c) || c == '-';
      });
  if (abbreviation) add_name(entry_id, inside);
}

void SubjectIndex::add_name(std::int64_t entry_id, std::string_view name) {
  const std::vector<Word> words = split_words(name);
  if (words.empty()) return;
  if (words.size() == 1 && words[0].text.size() < 3) return;  // "3M" would be found in every second table
  Name entry{entry_id, {}, words.size() == 1 ? std::string{words[0].text} : std::string{}};
  for (const Word& word : words) entry.words.push_back(fold_case(word.text));
  by_first_word_[entry.words[0]].push_back(names_.size());
  names_.push_back(std::move(entry));
}

std::vector<std::int64_t> SubjectIndex::find_mentions(std::string_view passage,
                                                      std::string_view document) const {
  std::vector<std::int64_t> found;
  std::unordered_set<std::int64_t> seen;
  const std::vector<Word> words = split_words(passage);
  std::vector<std::string> folded;
  for (const Word& word : words) folded.push_back(fold_case(word.text));
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto candidates = by_first_word_.find(folded[i]);
    if (candidates == by_first_word_.end()) continue;
    for (const std::size_t index : candidates->second) {
      const Name& name = names_[index];
      if (seen.contains(name.entry_id) || i + name.words.size() > words.size()) continue;
      bool same =
          std::equal(name.words.begin(), name.words.end(), folded.begin() + static_cast<std::ptrdiff_t>(i));
      if (same && !name.exact.empty()) {
        same = words[i].text == name.exact &&
               !(looks_like_common_word(name.exact) &&
                 find_whole_words(document, name.words[0]) != std::string_view::npos);
      }
      if (!same) continue;
      seen.insert(name.entry_id);
      found.push_back(name.entry_id);
    }
  }
  return found;
}

}  // namespace stubkeeper::entries
