// Rules about what damages the text behind it: conflict markers, and code and comments that never end.

#include <algorithm>
#include <string>

#include "entries/checks/checker.h"
#include "entries/markdown/lines.h"
#include "entries/markdown/raw_html.h"

namespace stubkeeper::entries {
namespace {

// The marker of a conflict that a line is: one of '<', '|', '=' and '>' seven times, with a label or nothing
// behind it (git-merge-file(1)); '\0' for another line.
char parse_conflict_marker(std::string_view line) {
  constexpr std::size_t length = 7;
  const char mark = line.empty() ? '\0' : line.front();
  if (std::string_view{"<|=>"}.find(mark) == std::string_view::npos) return '\0';
  const std::size_t end = std::min(line.find_first_not_of(mark), line.size());
  const bool is_marker = end == length && (line.size() == length || line[length] == ' ');
  return is_marker ? mark : '\0';
}

// "=======" below a line makes a heading of it, and "|||||||" is a row of a table: they are markers only behind
// the one that opens a conflict. One that closes it is a marker by itself but where quotations nest.
void check_conflict_markers(Checker& checker) {
  const auto lines = split_line_texts(checker.document.print());
  bool is_open = false;
  std::string_view before;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = strip_line_ending(lines[i]);
    const char mark = parse_conflict_marker(line);
    const bool is_quotation = mark == '>' && !is_open && before.starts_with('>');
    before = line;
    if (mark == '\0' || is_quotation || (!is_open && mark != '<' && mark != '>')) continue;
    is_open = mark != '>';
    checker.report("conflict-marker", i + 1,
                   "a merge left its marker \"" + std::string{line.substr(0, 60)} + "\" here");
  }
}

bool may_open_something(const Block& block) {
  return is_text(block) || block.kind == BlockKind::code;
}

void check_unclosed_markup(Checker& checker) {
  for (const Block& block : checker.document.blocks()) {
    if (!may_open_something(block)) continue;
    for (const UnclosedMarkup& unclosed : find_unclosed_markup(checker.document.text(block))) {
      checker.report("markup-unclosed", block.first_line + unclosed.line,
                     "\"" + unclosed.opening + "\" is never closed and takes in the text behind it");
    }
  }
}

}  // namespace

std::span<const Check> damage_checks() {
  static constexpr Check checks[] = {{check_conflict_markers, any_language},
                                     {check_unclosed_markup, any_language}};
  return checks;
}

}  // namespace stubkeeper::entries
