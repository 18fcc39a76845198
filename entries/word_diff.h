#pragma once

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

// A text cut into what is compared: words, single spaces and punctuation marks, every byte in one of them.
std::vector<std::string_view> tokenize_words(std::string_view text);
// Whether a text holds a letter, a digit or a character beyond ASCII.
bool has_word(std::string_view text);

// The difference of two texts in words, for reading prose: Myers' O(ND) algorithm ("An O(ND) Difference
// Algorithm and Its Variations", 1986) over words, single spaces and punctuation marks. The removed and kept
// runs make up `before`, the added and kept ones `after`, byte for byte. Where the texts differ in more than
// 2,000 words, all is removed and added, so that time stays bounded.
std::vector<WordRun> word_diff(std::string_view before, std::string_view after);

}  // namespace stubkeeper::entries
