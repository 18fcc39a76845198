#include "crawler/content.h"

namespace stubkeeper::crawler {

std::vector<TextRange> split_passages(std::string_view text) {
  std::vector<TextRange> passages;
  const auto is_edge = [&](std::size_t at) {
    const char c = text[at];
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  };
  std::size_t begin = 0;
  while (begin < text.size()) {
    // The end: a line end, then nothing but white space up to the next one.
    std::size_t end = begin;
    std::size_t next = text.size();
    for (; end < text.size(); ++end) {
      if (text[end] != '\n') continue;
      std::size_t blank = end + 1;
      while (blank < text.size() && text[blank] != '\n' && is_edge(blank)) ++blank;
      if (blank >= text.size() || text[blank] == '\n') {
        next = std::min(blank + 1, text.size());
        break;
      }
      end = blank - 1;
    }
    std::size_t first = begin;
    std::size_t last = end;
    // Indented code keeps the indent of its first line.
    while (first < last && is_edge(first) && text[first] != ' ' && text[first] != '\t') ++first;
    while (last > first && is_edge(last - 1)) --last;
    if (last > first) passages.push_back({first, last});
    begin = next;
  }
  return passages;
}

}  // namespace stubkeeper::crawler
