#include "crawler/extract/near_duplicates.h"

#include <cstdint>

#include "base/text/ascii.h"
#include "base/text/utf8.h"

namespace stubkeeper::crawler {
namespace {

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
