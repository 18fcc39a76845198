// Rules about what damages the text behind it: conflict markers, and code and comments that never end.

#include <algorithm>
#include <string>

#include "entries/checks/checker.h"
#include "entries/markdown/lines.h"
#include "entries/markdown/raw_html.h"
#include "entries/markdown/unclosed_blocks.h"

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

void check_unclosed_markup(Checker& checker) {
  if (const auto unclosed = find_unclosed_block(checker.document)) {
    checker.report(
        "markup-unclosed", unclosed->first_line,
        "the " + unclosed->name + " that opens here is never closed and takes in all that comes after");
  }
  const auto& blocks = checker.document.blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    // A block that a shortcode interrupts may go on behind it.
    const bool goes_on = i + 1 < blocks.size() && blocks[i + 1].kind == BlockKind::shortcode;
    if (!is_text(blocks[i]) || goes_on) continue;
    for (const UnclosedMarkup& unclosed : find_unclosed_markup(checker.document.text(blocks[i]))) {
      checker.report("markup-unclosed", blocks[i].first_line + unclosed.line,
                     "\"" + unclosed.opening + "\" is opened here and never closed");
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
