#include "entries/word_diff.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "entries/merging/diff3.h"

namespace stubkeeper::entries {
namespace {

constexpr int max_differences = 2000;

class RunBuilder {
 public:
  void add(WordRun::Kind kind, std::string_view text) {
    if (!runs_.empty() && runs_.back().kind == kind) {
      runs_.back().text += text;
    } else {
      runs_.push_back({kind, std::string{text}});
    }
  }
  std::vector<WordRun> release() { return std::move(runs_); }

 private:
  std::vector<WordRun> runs_;
};

// The furthest reaching x on each diagonal, for each number of differences; the last one reaches
// the end. Empty where there are too many.
std::vector<std::vector<int>> furthest_paths(const std::vector<std::string_view>& a,
                                             const std::vector<std::string_view>& b) {
  const int n = static_cast<int>(a.size());
  const int m = static_cast<int>(b.size());
  const int max_d = std::min(n + m, max_differences);
  std::vector<std::vector<int>> paths;
  std::vector<int> last;  // of d - 1: diagonals -(d-1) .. d-1
  for (int d = 0; d <= max_d; ++d) {
    std::vector<int> row(static_cast<std::size_t>(2 * d + 1), 0);
    const auto before = [&](int k) { return last[static_cast<std::size_t>(k + d - 1)]; };
    for (int k = -d; k <= d; k += 2) {
      int x = 0;
      if (d > 0) x = k == -d || (k != d && before(k - 1) < before(k + 1)) ? before(k + 1) : before(k - 1) + 1;
      int y = x - k;
      while (x < n && y < m && a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(y)]) {
        ++x;
        ++y;
      }
      row[static_cast<std::size_t>(k + d)] = x;
      if (x >= n && y >= m) {
        paths.push_back(std::move(row));
        return paths;
      }
    }
    paths.push_back(row);
    last = std::move(row);
  }
  return {};
}

std::string text_of(const Units& units, UnitRange range) {
  std::string text;
  for (std::size_t i = range.begin; i < range.end; ++i) text += units[i];
  return text;
}

}  // namespace

std::vector<std::string_view> tokenize_words(std::string_view text) {
  std::vector<std::string_view> units;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    if (is_word_byte(text[i])) {
      while (end < text.size() && is_word_byte(text[end])) ++end;
    }
    units.push_back(text.substr(i, end - i));
    i = end;
  }
  return units;
}

bool has_word(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_word_byte);
}

std::vector<WordRun> word_diff(std::string_view before, std::string_view after) {
  const auto a = tokenize_words(before);
  const auto b = tokenize_words(after);
  RunBuilder runs;
  const auto paths = furthest_paths(a, b);
  if (paths.empty()) {
    if (!before.empty()) runs.add(WordRun::Kind::removed, before);
    if (!after.empty()) runs.add(WordRun::Kind::added, after);
    return runs.release();
  }
  // Back from the end: each step is a run of equal words after one that was added or removed.
  struct PathStep {
    WordRun::Kind kind;
    int index;
  };
  std::vector<PathStep> steps;
  int x = static_cast<int>(a.size());
  int y = static_cast<int>(b.size());
  for (int d = static_cast<int>(paths.size()) - 1; d >= 0; --d) {
    const int k = x - y;
    int from_x = 0;
    int from_y = 0;
    if (d > 0) {
      const auto& row = paths[static_cast<std::size_t>(d - 1)];
      const auto at = [&](int diagonal) { return row[static_cast<std::size_t>(diagonal + d - 1)]; };
      const bool down = k == -d || (k != d && at(k - 1) < at(k + 1));
      const int from_k = down ? k + 1 : k - 1;
      from_x = at(from_k);
      from_y = from_x - from_k;
    }
    while (x > from_x && y > from_y) {
      steps.push_back({WordRun::Kind::kept, x - 1});
      --x;
      --y;
    }
    if (d == 0) break;
    if (x > from_x) {
      steps.push_back({WordRun::Kind::removed, x - 1});
    } else {
      steps.push_back({WordRun::Kind::added, y - 1});
    }
    x = from_x;
    y = from_y;
  }
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    const auto index = static_cast<std::size_t>(step->index);
    runs.add(step->kind, step->kind == WordRun::Kind::added ? b[index] : a[index]);
  }
  return runs.release();
}

std::optional<std::string> merge_words(std::string_view base, std::string_view ours,
                                       std::string_view theirs) {
  const Units base_units = tokenize_words(base);
  const Units ours_units = tokenize_words(ours);
  const Units theirs_units = tokenize_words(theirs);
  enum class Side { neither, us, them };
  Side last = Side::neither;  // of the change before, with no word between
  std::string merged;
  for (const Chunk& chunk : diff3(base_units, ours_units, theirs_units)) {
    const std::string was = text_of(base_units, chunk.base);
    if (chunk.stable) {
      merged += was;
      if (has_word(was)) last = Side::neither;
      continue;
    }
    const std::string ours_text = text_of(ours_units, chunk.ours);
    const std::string theirs_text = text_of(theirs_units, chunk.theirs);
    if (ours_text == theirs_text) {
      merged += ours_text;
      continue;
    }
    if (ours_text != was && theirs_text != was) return std::nullopt;
    const Side side = ours_text != was ? Side::us : Side::them;
    if (last != Side::neither && last != side) return std::nullopt;
    last = side;
    merged += side == Side::us ? ours_text : theirs_text;
  }
  return merged;
}

}  // namespace stubkeeper::entries
