#include "cli/terminal/styled_text.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <sstream>

namespace stubkeeper::cli {
namespace {

constexpr std::string_view reset = "\x1b[0m";

std::string_view sgr_code(Style style) {
  // plain, strong, faint, added, removed
  constexpr std::string_view codes[] = {"", "\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[31;9m"};
  return codes[static_cast<std::size_t>(style)];
}

int character_width(UChar32 character) {
  const auto type = u_charType(character);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int width = u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// The character at `at`, which moves past it; U+FFFD for a byte that begins none.
UChar32 next_character(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (lead < 0x80 || length == 1 || at + length > text.size()) {
    ++at;
    return lead < 0x80 ? lead : 0xFFFD;
  }
  UChar32 character = lead & (0xFF >> (length + 1));
  for (std::size_t i = 1; i < length; ++i)
    character = (character << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3F);
  at += length;
  return character;
}

// The bytes at a text's beginning that fit into so many columns; at least one character.
std::size_t prefix_bytes_in_width(std::string_view text, int columns) {
  int width = 0;
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    width += character_width(next_character(text, next));
    if (width > columns && end > 0) break;
    end = at = next;
    if (width > columns) break;
  }
  return end;
}

class LineWrapper {
 public:
  LineWrapper(int columns, std::string_view first, std::string_view rest, bool colour, UrlWrapping addresses)
      : columns_(columns),
        rest_(rest),
        colour_(colour),
        addresses_(addresses),
        line_(first),
        width_(display_width(first)) {
    begin_ = width_;
  }

  void add(std::string_view word, Style style) {
    // Kept up to date, as a word may be as long as a page.
    int word_width = display_width(word);
    const bool stays_whole =
        addresses_ == UrlWrapping::whole && word.find("://") != std::string_view::npos;
    while (width_ + word_width > columns_) {
      if (width_ > begin_) {
        end_line();
        if (word == " ") return;
        continue;
      }
      if (stays_whole) break;
      const std::size_t fits = prefix_bytes_in_width(word, std::max(columns_ - width_, 1));
      word_width -= put(word.substr(0, fits), style);
      word.remove_prefix(fits);
      if (word.empty()) return;
      end_line();
    }
    // A wrapped line does not begin with a space.
    if (word == " " && width_ == begin_ && !lines_.empty()) return;
    put(word, style);
  }

  void end_line() {
    set(Style::plain);
    while (line_.ends_with(' ') && !colour_) line_.pop_back();
    lines_.push_back(std::move(line_));
    line_ = rest_;
    width_ = begin_ = display_width(rest_);
  }

  std::vector<std::string> finish() {
    end_line();
    return std::move(lines_);
  }

 private:
  // Gives the width of the text.
  int put(std::string_view text, Style style) {
    set(style);
    line_ += text;
    const int width = display_width(text);
    width_ += width;
    return width;
  }
  void set(Style style) {
    if (!colour_ || style == style_) return;
    if (style_ != Style::plain) line_ += reset;
    line_ += sgr_code(style);
    style_ = style;
  }

  int columns_;
  std::string rest_;
  bool colour_;
  UrlWrapping addresses_;
  std::string line_;
  int width_ = 0;
  int begin_ = 0;
  Style style_ = Style::plain;
  std::vector<std::string> lines_;
};

}  // namespace

int display_width(std::string_view text) {
  int width = 0;
  for (std::size_t at = 0; at < text.size();) width += character_width(next_character(text, at));
  return width;
}

std::vector<std::string> wrap_styled(const std::vector<StyledText>& texts, int columns,
                                     std::string_view first, std::string_view rest, bool colour,
                                     UrlWrapping addresses) {
  LineWrapper lines{columns, first, rest, colour, addresses};
  // A word may be made of several pieces; it is not wrapped between them.
  for (const StyledText& stretch : texts) {
    const std::string_view text{stretch.text};
    for (std::size_t at = 0; at < text.size();) {
      if (text[at] == '\n') {
        lines.end_line();
        ++at;
      } else if (text[at] == ' ' || text[at] == '\t') {
        lines.add(" ", stretch.style);
        ++at;
      } else {
        const std::size_t end = std::min(text.find_first_of(" \t\n", at), text.size());
        lines.add(text.substr(at, end - at), stretch.style);
        at = end;
      }
    }
  }
  return lines.finish();
}

std::vector<std::string> wrap_text(const std::string& text, int columns, UrlWrapping addresses) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) {
    const std::string indent(std::min(line.find_first_not_of(' '), line.size()), ' ');
    for (std::string& part :
         wrap_styled({{Style::plain, line.substr(indent.size())}}, columns, indent, indent, false, addresses))
      lines.push_back(std::move(part));
  }
  return lines;
}

std::string break_at_spaces(std::string_view text, int columns) {
  std::string broken;
  int width = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' ', text.find_first_not_of(' ')), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(end);
    const bool ends_line = width > 0 && width + display_width(word) > columns && word.starts_with(' ');
    broken += ends_line ? "\n" + std::string{word.substr(1)} : std::string{word};
    const std::size_t last_end = broken.rfind('\n');
    width = display_width(std::string_view{broken}.substr(last_end == std::string::npos ? 0 : last_end + 1));
  }
  return broken;
}

std::string truncate_to_width(std::string_view line, int columns) {
  if (display_width(line) <= columns) return std::string{line};
  return std::string{line.substr(0, prefix_bytes_in_width(line, columns - 1))} + "…";
}

std::string apply_style(std::string_view text, Style style, bool colour) {
  if (!colour || style == Style::plain) return std::string{text};
  return std::string{sgr_code(style)} + std::string{text} + std::string{reset};
}

}  // namespace stubkeeper::cli
