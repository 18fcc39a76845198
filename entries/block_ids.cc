#include "entries/block_ids.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "base/text/words.h"

namespace stubkeeper::entries {
namespace {

// Pairs of blocks are compared for likeness only while there are at most this many, so that time
// stays bounded on generated pages.
constexpr std::size_t max_comparisons = 200'000;

using Words = std::map<std::string, int, std::less<>>;

Words count_words(std::string_view text) {
  Words words;
  for (const Word& word : split_words(text)) ++words[std::string{word.text}];
  return words;
}

double dice_coefficient(const Words& a, const Words& b) {
  int common = 0;
  int total = 0;
  for (const auto& [word, count] : a) {
    total += count;
    if (const auto other = b.find(word); other != b.end()) common += std::min(count, other->second);
  }
  for (const auto& [word, count] : b) total += count;
  return total == 0 ? 0 : 2.0 * common / total;
}

// Finds for each new block the old one that it is; the steps are those of block_ids.h.
class BlockMatcher {
 public:
  BlockMatcher(const IdentifiedDocument& before, const Document& after)
      : before_(before), after_(after), match_(after.blocks().size(), none) {}

  std::vector<std::size_t> run() {
    matched_.assign(before_.document.blocks().size(), false);
    match_common_prefix_and_suffix();
    match_unique_blocks_in_order();
    match_neighbours();
    match_equal_blocks_anywhere();
    match_similar_blocks();
    return match_;
  }

  static constexpr std::size_t none = static_cast<std::size_t>(-1);

 private:
  std::string_view old_text(std::size_t i) const {
    return before_.document.text(before_.document.blocks()[i]);
  }
  std::string_view new_text(std::size_t i) const { return after_.text(after_.blocks()[i]); }
  bool equal(std::size_t old_index, std::size_t new_index) const {
    return before_.document.blocks()[old_index].kind == after_.blocks()[new_index].kind &&
           old_text(old_index) == new_text(new_index);
  }
  bool is_unmatched(std::size_t old_index, std::size_t new_index) const {
    return !matched_[old_index] && match_[new_index] == none;
  }
  void pair(std::size_t old_index, std::size_t new_index) {
    match_[new_index] = old_index;
    matched_[old_index] = true;
  }

  void match_common_prefix_and_suffix() {
    const std::size_t old_count = matched_.size();
    const std::size_t new_count = match_.size();
    std::size_t i = 0;
    while (i < old_count && i < new_count && equal(i, i)) {
      pair(i, i);
      ++i;
    }
    for (std::size_t k = 1; k <= old_count && k <= new_count; ++k) {
      if (!is_unmatched(old_count - k, new_count - k) || !equal(old_count - k, new_count - k)) break;
      pair(old_count - k, new_count - k);
    }
  }

  void match_unique_blocks_in_order() {
    struct Seen {
      std::size_t old_index = none;
      std::size_t new_index = none;
      bool repeated = false;
    };
    std::unordered_map<std::string_view, Seen> seen;
    for (std::size_t i = 0; i < matched_.size(); ++i) {
      if (matched_[i]) continue;
      Seen& entry = seen[old_text(i)];
      entry.repeated = entry.repeated || entry.old_index != none;
      entry.old_index = i;
    }
    for (std::size_t i = 0; i < match_.size(); ++i) {
      if (match_[i] != none) continue;
      const auto entry = seen.find(new_text(i));
      if (entry == seen.end()) continue;
      entry->second.repeated = entry->second.repeated || entry->second.new_index != none;
      entry->second.new_index = i;
    }
    std::vector<std::pair<std::size_t, std::size_t>> unique;  // new, old
    for (const auto& [text, entry] : seen) {
      if (!entry.repeated && entry.old_index != none && entry.new_index != none &&
          equal(entry.old_index, entry.new_index)) {
        unique.emplace_back(entry.new_index, entry.old_index);
      }
    }
    std::sort(unique.begin(), unique.end());
    std::vector<std::size_t> tails;
    std::vector<std::size_t> previous(unique.size(), none);
    for (std::size_t i = 0; i < unique.size(); ++i) {
      const auto place =
          std::lower_bound(tails.begin(), tails.end(), unique[i].second,
                           [&](std::size_t tail, std::size_t value) { return unique[tail].second < value; });
      if (place != tails.begin()) previous[i] = *(place - 1);
      if (place == tails.end()) {
        tails.push_back(i);
      } else {
        *place = i;
      }
    }
    for (std::size_t i = tails.empty() ? none : tails.back(); i != none; i = previous[i])
      pair(unique[i].second, unique[i].first);
  }

  void match_neighbours() {
    const std::size_t old_count = matched_.size();
    const std::size_t new_count = match_.size();
    for (std::size_t i = 0; i + 1 < new_count; ++i) {
      if (match_[i] == none || match_[i] + 1 >= old_count || !is_unmatched(match_[i] + 1, i + 1)) continue;
      if (equal(match_[i] + 1, i + 1)) pair(match_[i] + 1, i + 1);
    }
    for (std::size_t i = new_count; i-- > 1;) {
      if (match_[i] == none || match_[i] == 0 || !is_unmatched(match_[i] - 1, i - 1)) continue;
      if (equal(match_[i] - 1, i - 1)) pair(match_[i] - 1, i - 1);
    }
  }

  void match_equal_blocks_anywhere() {
    std::unordered_map<std::string_view, std::vector<std::size_t>> left;
    for (std::size_t i = matched_.size(); i-- > 0;) {
      if (!matched_[i]) left[old_text(i)].push_back(i);
    }
    for (std::size_t i = 0; i < match_.size(); ++i) {
      if (match_[i] != none) continue;
      const auto entry = left.find(new_text(i));
      if (entry == left.end() || entry->second.empty() || !equal(entry->second.back(), i)) continue;
      pair(entry->second.back(), i);
      entry->second.pop_back();
    }
  }

  void match_similar_blocks() {
    std::vector<std::size_t> old_left;
    std::vector<std::size_t> new_left;
    for (std::size_t i = 0; i < matched_.size(); ++i) {
      if (!matched_[i] && before_.document.blocks()[i].kind != BlockKind::blank) old_left.push_back(i);
    }
    for (std::size_t i = 0; i < match_.size(); ++i) {
      if (match_[i] == none && after_.blocks()[i].kind != BlockKind::blank) new_left.push_back(i);
    }
    if (old_left.size() * new_left.size() > max_comparisons) return;
    std::vector<Words> old_words;
    for (const std::size_t i : old_left) old_words.push_back(count_words(old_text(i)));
    for (const std::size_t i : new_left) {
      // There is one front matter, whatever is in it.
      const BlockKind kind = after_.blocks()[i].kind;
      const Words words = count_words(new_text(i));
      std::size_t best = none;
      double best_similarity = 0;
      for (std::size_t k = 0; k < old_left.size(); ++k) {
        if (matched_[old_left[k]] || before_.document.blocks()[old_left[k]].kind != kind) continue;
        const double similarity = kind == BlockKind::front_matter ? 1 : dice_coefficient(old_words[k], words);
        if (similarity >= min_edited_block_similarity && similarity > best_similarity) {
          best = old_left[k];
          best_similarity = similarity;
        }
      }
      if (best != none) pair(best, i);
    }
  }

  const IdentifiedDocument& before_;
  const Document& after_;
  std::vector<std::size_t> match_;  // by new block: the old one, or none
  std::vector<bool> matched_;       // by old block
};

}  // namespace

IdentifiedDocument carry_ids(const IdentifiedDocument& before, Document after,
                             const std::function<std::string()>& new_id) {
  const std::vector<std::size_t> match = BlockMatcher{before, after}.run();
  IdentifiedDocument result{std::move(after), {}, before.file, before.conventions};
  result.ids.reserve(match.size());
  for (const std::size_t old_index : match)
    result.ids.push_back(old_index == BlockMatcher::none ? new_id() : before.ids[old_index]);
  return result;
}

IdentifiedDocument assign_new_ids(Document document, const std::function<std::string()>& new_id) {
  IdentifiedDocument result;
  result.document = std::move(document);
  for (std::size_t i = 0; i < result.document.blocks().size(); ++i) result.ids.push_back(new_id());
  return result;
}

}  // namespace stubkeeper::entries
