#include "entries/markdown/cmark_tree.h"

#include <cmark-gfm-core-extensions.h>

#include <mutex>

#include "base/text/ascii.h"

namespace stubkeeper::entries {
namespace {

struct FreeParser {
  void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};

// How many block quote and list markers a line begins with.
int count_container_markers(std::string_view line) {
  int markers = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == ' ' || c == '\t') continue;
    const bool list = (c == '-' || c == '*' || c == '+') && i + 1 < line.size() &&
                      (line[i + 1] == ' ' || line[i + 1] == '\t');
    bool ordered = false;
    if (is_ascii_digit(c)) {
      std::size_t digit = i;
      while (digit < line.size() && is_ascii_digit(line[digit])) ++digit;
      ordered =
          digit + 1 < line.size() && (line[digit] == '.' || line[digit] == ')') && line[digit + 1] == ' ';
      if (ordered) i = digit;
    }
    if (c != '>' && !list && !ordered) return markers;
    ++markers;
  }
  return markers;
}

}  // namespace

bool is_nested_too_deep(std::string_view line) {
  constexpr int max_nesting = 100;
  return count_container_markers(line) > max_nesting;
}

CmarkTree parse_with_cmark(std::string_view text) {
  static std::once_flag registered;
  std::call_once(registered, [] { cmark_gfm_core_extensions_ensure_registered(); });
  const std::unique_ptr<cmark_parser, FreeParser> parser{cmark_parser_new(CMARK_OPT_FOOTNOTES)};
  cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension("table"));
  cmark_parser_feed(parser.get(), text.data(), text.size());
  return CmarkTree{cmark_parser_finish(parser.get())};
}

}  // namespace stubkeeper::entries
