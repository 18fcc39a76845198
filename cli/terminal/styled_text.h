#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::cli {

enum class Style { plain, strong, faint, added, removed };

// A piece of text that is safe to print (sanitize_for_terminal()).
struct StyledText {
  Style style = Style::plain;
  std::string text;
};

// The columns that a text takes at a terminal: wide and fullwidth characters (Unicode UAX 11) take
// two, combining ones none.
int display_width(std::string_view text);

// The texts joined and wrapped at spaces and line ends into lines of at most `columns` columns; a
// longer word is broken. The first line begins with `first`, the others with `rest`. With `colour`
// each line sets its styles by ECMA-48's SGR and resets them. UrlWrapping::whole puts an address (a
// word with "://") that is longer than a line on a line of its own, unbroken, so that it can be
// copied.
enum class UrlWrapping { broken, whole };
std::vector<std::string> wrap_styled(const std::vector<StyledText>& texts, int columns,
                                     std::string_view first, std::string_view rest, bool colour,
                                     UrlWrapping addresses = UrlWrapping::broken);

// Each line of a plain text wrapped, with the same indentation.
std::vector<std::string> wrap_text(const std::string& text, int columns, UrlWrapping addresses);

// A text with line ends in place of spaces, so that no line but that of a longer word passes
// `columns`.
std::string break_at_spaces(std::string_view text, int columns);

// A line of at most `columns` columns: cut, with an ellipsis, if it is longer.
std::string truncate_to_width(std::string_view line, int columns);

// A text between the codes of its style, if `colour`.
std::string apply_style(std::string_view text, Style style, bool colour);

}  // namespace stubkeeper::cli
