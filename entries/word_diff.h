#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

// A run of words that two texts share, or that only one of them has.
struct WordRun {
  enum class Kind { kept, removed, added } kind = Kind::kept;
  std::string text;
  bool operator==(const WordRun&) const = default;
};

// A text cut into words, single spaces and punctuation marks, which cover every byte.
std::vector<std::string_view> tokenize_words(std::string_view text);
// Whether a text holds a letter, a digit or a character beyond ASCII.
bool has_word(std::string_view text);

// The difference of two texts in tokenize_words(): Myers' O(ND) algorithm ("An O(ND) Difference Algorithm and
// Its Variations", 1986). The removed and kept runs make up `before`, the added and kept ones `after`, byte
// for byte. Beyond 2,000 differences all is removed and added, so that time stays bounded.
std::vector<WordRun> word_diff(std::string_view before, std::string_view after);

// Three-way merge of a text word by word. A change that both made alike is taken once. Nothing where both
// changed one place differently, or places with no word between them.
std::optional<std::string> merge_words(std::string_view base, std::string_view ours, std::string_view theirs);

}  // namespace stubkeeper::entries
