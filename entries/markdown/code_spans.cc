#include "entries/markdown/code_spans.h"

#include <algorithm>
#include <map>

namespace stubkeeper::entries {

std::vector<CodeSpan> find_code_spans(std::string_view text) {
  struct Run {
    std::size_t begin;
    std::size_t length;
  };
  std::vector<Run> runs;
  for (std::size_t at = text.find('`'); at != std::string_view::npos; at = text.find('`', at)) {
    // An escaped backtick opens no span; within one a backslash is itself.
    const std::size_t end = std::min(text.find_first_not_of('`', at), text.size());
    runs.push_back({at, end - at});
    at = end;
  }
  // Where the next run of the same length stands, from the back, so that each opener knows its closer at
  // once.
  std::map<std::size_t, std::size_t> last_of_length;
  std::vector<std::size_t> closer(runs.size(), runs.size());
  for (std::size_t i = runs.size(); i-- > 0;) {
    if (const auto found = last_of_length.find(runs[i].length); found != last_of_length.end())
      closer[i] = found->second;
    last_of_length[runs[i].length] = i;
  }
  std::vector<CodeSpan> spans;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const bool escaped = runs[i].begin > 0 && text[runs[i].begin - 1] == '\\';
    if (escaped || closer[i] == runs.size()) continue;
    const Run& close = runs[closer[i]];
    spans.push_back({runs[i].begin, close.begin + close.length});
    i = closer[i];
  }
  return spans;
}

}  // namespace stubkeeper::entries
