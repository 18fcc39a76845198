#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace stubkeeper::entries {

// A line of a text as cmark counts them: ended by LF, CRLF or a lone CR, or by the text's end.
struct Line {
  std::size_t begin = 0;
  std::size_t end = 0;  // with its line end
};
std::vector<Line> split_lines(std::string_view text);
// The same as texts, each with its line end.
std::vector<std::string_view> split_line_texts(std::string_view text);
// The end of the line that begins at `begin`, with its line end.
std::size_t find_line_end(std::string_view text, std::size_t begin);

// A line without its line end.
std::string_view strip_line_ending(std::string_view line);
// A text without any line ends at its end.
std::string_view strip_line_endings(std::string_view text);
// Whether a text's last line is ended.
bool ends_with_line_ending(std::string_view text);

// Whether a line has nothing but spaces and tabs (CommonMark's blank line).
bool is_blank(std::string_view line);

// Without spaces, tabs and line ends at both ends.
std::string_view trim(std::string_view text);

// The line end of a text: of its first ended line, else "\n".
std::string_view detect_line_ending(std::string_view text);

}  // namespace stubkeeper::entries
