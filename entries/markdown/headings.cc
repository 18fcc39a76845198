#include "entries/markdown/headings.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "base/text/words.h"
#include "entries/markdown/lines.h"

namespace stubkeeper::entries {
namespace {

// Takes out what is from an opening mark to its closing one, all of them.
void remove_enclosed(std::string& text, std::string_view opening, std::string_view closing) {
  for (std::size_t begin = text.find(opening); begin != std::string::npos;
       begin = text.find(opening, begin)) {
    const std::size_t end = text.find(closing, begin + opening.size());
    if (end == std::string::npos) return;
    text.replace(begin, end + closing.size() - begin, " ");
  }
}

// "[text](address)" becomes "text", and a picture nothing.
void replace_links(std::string& text) {
  for (std::size_t middle = text.find("]("); middle != std::string::npos; middle = text.find("](")) {
    const std::size_t open = text.rfind('[', middle);
    const std::size_t close = text.find(')', middle);
    if (open == std::string::npos || close == std::string::npos) return;
    const bool is_picture = open > 0 && text[open - 1] == '!';
    const std::string words = is_picture ? " " : text.substr(open + 1, middle - open - 1);
    const std::size_t begin = is_picture ? open - 1 : open;
    text.replace(begin, close + 1 - begin, words);
  }
}

void remove_attributes(std::string& text) {
  const std::size_t open = text.rfind('{');
  if (open == std::string::npos || trim(text).back() != '}' || open + 1 == text.size()) return;
  if (text[open + 1] == '#' || text[open + 1] == '.') text.resize(open);
}

bool is_emoji_code(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return is_ascii_alphanumeric(c) || c == '_' || c == '-' || c == '+';
  });
}

void remove_emoji_codes(std::string& text) {
  for (std::size_t open = text.find(':'); open != std::string::npos; open = text.find(':', open + 1)) {
    const std::size_t close = text.find(':', open + 1);
    if (close == std::string::npos) return;
    if (is_emoji_code(std::string_view{text}.substr(open + 1, close - open - 1)))
      text.replace(open, close + 1 - open, " ");
  }
}

// The length of "2. " or "2) ", or 0.
std::size_t number_length(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && is_ascii_digit(text[digits])) ++digits;
  const bool is_number = digits > 0 && digits <= 2 && digits + 1 < text.size() &&
                         (text[digits] == '.' || text[digits] == ')') && text[digits + 1] == ' ';
  return is_number ? digits + 1 : 0;
}

// Whether a heading is words already: most are, and words are costly to find.
bool is_words(std::string_view heading) {
  if (heading.empty() || !is_ascii_letter(heading.front()) || !is_ascii_alphanumeric(heading.back()))
    return false;
  return std::all_of(heading.begin(), heading.end(), [](char c) {
    return is_ascii_alphanumeric(c) || std::string_view{" -/&,.'()"}.find(c) != std::string_view::npos;
  });
}

}  // namespace

std::string heading_words(std::string_view heading) {
  std::string text{trim(heading)};
  if (is_words(text)) return text;
  remove_enclosed(text, "{{<", ">}}");
  remove_enclosed(text, "{{%", "%}}");
  remove_attributes(text);
  replace_links(text);
  remove_enclosed(text, "<", ">");
  remove_emoji_codes(text);
  std::erase_if(text, [](char c) { return c == '*' || c == '`'; });
  // The marks that make a picture of a sign.
  for (const std::string_view mark : {"\xEF\xB8\x8F", "\xE2\x80\x8D"})
    text = replace_all(std::move(text), mark, "");
  text.erase(0, number_length(text));
  const auto words = split_words(text);
  if (words.empty()) return "";
  return text.substr(words.front().begin, words.back().end() - words.front().begin);
}

}  // namespace stubkeeper::entries
