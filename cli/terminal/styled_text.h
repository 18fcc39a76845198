#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stubkeeper::cli {

enum class Style { plain, strong, faint, added, removed };

// A stretch of text that is safe to print (printable()).
struct StyledText {
  Style style = Style::plain;
  std::string text;
};

// How many columns a text takes at a terminal: characters that East Asian Width (Unicode UAX 11) calls wide
// or fullwidth take two, combining ones none.
int display_width(std::string_view text);

// The texts one behind the other, broken at spaces and line ends into lines of at most `columns` columns, a
// word that is longer than a line within itself. The first line begins with `first`, the others with `rest`.
// With `colour` each line sets its styles by ECMA-48's SGR and ends with them reset. An address (a word with
// "://") that is longer than a line can be kept whole, so that it can be copied or opened: it then stands on
// a line of its own, which is longer than `columns`.
enum class UrlWrapping { broken, whole };
std::vector<std::string> wrap_styled(const std::vector<StyledText>& texts, int columns, std::string_view first,
                                 std::string_view rest, bool colour, UrlWrapping addresses = UrlWrapping::broken);

// A plain text, each of its lines wrapped so, with the spaces that it begins with before all of it.
std::vector<std::string> wrap_text(const std::string& text, int columns, UrlWrapping addresses);

// The text with a line end in place of a space wherever it would else pass the last column; longer words pass
// it.
std::string break_at_spaces(std::string_view text, int columns);

// A line of at most `columns` columns: cut, with an ellipsis, where it is longer.
std::string truncate_to_width(std::string_view line, int columns);

// A text between the codes of its style, where there is colour.
std::string apply_style(std::string_view text, Style style, bool colour);

}  // namespace stubkeeper::cli
