#include "entries/unified_diff.h"

#include <algorithm>
#include <vector>

#include "entries/markdown/lines.h"
#include "entries/merging/diff3.h"

namespace stubkeeper::entries {
namespace {

constexpr std::size_t context_lines = 3;
constexpr auto none = static_cast<std::size_t>(-1);

struct DiffLine {
  char mark = ' ';
  std::string_view line;
  std::size_t before = 0;  // lines of each text above it
  std::size_t after = 0;
};

std::vector<DiffLine> diff_lines(const Units& before, const Units& after) {
  const std::vector<std::size_t> match = longest_common_subsequence(before, after);
  std::vector<DiffLine> rows;
  std::size_t j = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (match[i] == none) {
      rows.push_back({'-', before[i], i, j});
      continue;
    }
    for (; j < match[i]; ++j) rows.push_back({'+', after[j], i, j});
    rows.push_back({' ', before[i], i, j++});
  }
  for (; j < after.size(); ++j) rows.push_back({'+', after[j], before.size(), j});
  return rows;
}

std::string format_hunk_range(std::size_t above, std::size_t count) {
  const std::size_t first = count == 0 ? above : above + 1;
  return std::to_string(first) + (count == 1 ? "" : "," + std::to_string(count));
}

void append_diff_line(std::string& text, const DiffLine& row) {
  text += row.mark;
  text += row.line;
  if (!ends_with_line_ending(row.line)) text += "\n\\ No newline at end of file\n";
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, std::string_view name) {
  if (before == after) return "";
  const Units old_lines = split_line_texts(before);
  const Units new_lines = split_line_texts(after);
  const std::vector<DiffLine> rows = diff_lines(old_lines, new_lines);
  std::string text = "--- a/" + std::string{name} + "\n+++ b/" + std::string{name} + "\n";
  const auto changed = [](const DiffLine& row) { return row.mark != ' '; };
  for (auto at = std::find_if(rows.begin(), rows.end(), changed); at != rows.end();) {
    const auto begin = at - std::min<std::ptrdiff_t>(at - rows.begin(), context_lines);
    // A hunk goes on while the next change is no further than the lines around both.
    auto end = at;
    for (auto next = at; next != rows.end() && next - end <= static_cast<std::ptrdiff_t>(2 * context_lines);
         next = std::find_if(end, rows.end(), changed)) {
      end = next + 1;
    }
    const auto last = end + std::min<std::ptrdiff_t>(rows.end() - end, context_lines);
    const auto old_count = static_cast<std::size_t>(
        std::count_if(begin, last, [](const DiffLine& row) { return row.mark != '+'; }));
    const auto new_count = static_cast<std::size_t>(
        std::count_if(begin, last, [](const DiffLine& row) { return row.mark != '-'; }));
    text += "@@ -" + format_hunk_range(begin->before, old_count) + " +" +
            format_hunk_range(begin->after, new_count) + " @@\n";
    for (auto row = begin; row != last; ++row) append_diff_line(text, *row);
    at = std::find_if(end, rows.end(), changed);
  }
  return text;
}

}  // namespace stubkeeper::entries
