#include "tests/bench/extraction_score.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <iterator>

namespace stubkeeper::bench {

Words split_words(std::string_view text) {
  Words words;
  std::string word;
  const auto* bytes_of_text = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(bytes_of_text, at, size, c);
    if (u_isalnum(c) || u_charType(c) == U_OTHER_NUMBER || u_charType(c) == U_LETTER_NUMBER || c == U'_') {
      icu::UnicodeString{u_tolower(c)}.toUTF8String(word);
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

Score compute_score(Words found, Words wanted) {
  std::sort(found.begin(), found.end());
  std::sort(wanted.begin(), wanted.end());
  Words common;
  std::set_intersection(found.begin(), found.end(), wanted.begin(), wanted.end(), std::back_inserter(common));
  if (common.empty()) return found.empty() && wanted.empty() ? Score{1, 1, 1} : Score{};
  const double precision = static_cast<double>(common.size()) / static_cast<double>(found.size());
  const double recall = static_cast<double>(common.size()) / static_cast<double>(wanted.size());
  return {2 * precision * recall / (precision + recall), precision, recall};
}

Score mean_score(const std::vector<Score>& scores) {
  Score sum;
  if (scores.empty()) return sum;
  for (const Score& score : scores) {
    sum.f1 += score.f1;
    sum.precision += score.precision;
    sum.recall += score.recall;
  }
  const double n = static_cast<double>(scores.size());
  return {sum.f1 / n, sum.precision / n, sum.recall / n};
}

bool contains_either_way(const Words& a, const Words& b) {
  const Words& whole = a.size() >= b.size() ? a : b;
  const Words& part = a.size() >= b.size() ? b : a;
  return !part.empty() && std::search(whole.begin(), whole.end(), part.begin(), part.end()) != whole.end();
}

}  // namespace stubkeeper::bench
