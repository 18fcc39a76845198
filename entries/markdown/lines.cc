#include "entries/markdown/lines.h"

namespace stubkeeper::entries {

std::size_t find_line_end(std::string_view text, std::size_t begin) {
  // find_first_of() would search the two characters for each one of the text.
  std::size_t end = begin;
  while (end < text.size() && text[end] != '\n' && text[end] != '\r') ++end;
  if (end == text.size()) return end;
  return end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
}

std::vector<Line> split_lines(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t begin = 0; begin < text.size(); begin = lines.back().end)
    lines.push_back({begin, find_line_end(text, begin)});
  return lines;
}

std::vector<std::string_view> split_line_texts(std::string_view text) {
  std::vector<std::string_view> lines;
  for (const Line& line : split_lines(text)) lines.push_back(text.substr(line.begin, line.end - line.begin));
  return lines;
}

bool ends_with_line_ending(std::string_view text) {
  return text.ends_with('\n') || text.ends_with('\r');
}

std::string_view strip_line_endings(std::string_view text) {
  while (ends_with_line_ending(text)) text.remove_suffix(1);
  return text;
}

std::string_view strip_line_ending(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_blank(std::string_view line) {
  return trim(line).empty();
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::string_view detect_line_ending(std::string_view text) {
  const std::size_t end = text.find_first_of("\r\n");
  if (end == std::string_view::npos || text[end] == '\n') return "\n";
  return text.substr(end, 2) == "\r\n" ? "\r\n" : "\r";
}

}  // namespace stubkeeper::entries
