#include "entries/markdown_escape.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/utf8.h"

namespace stubkeeper::entries {
namespace {

// "www." and the schemes that GFM turns into links where they are bare; a backslash before the
// mark parts them and is not shown.
bool starts_bare_link(std::string_view text, std::size_t at) {
  if (text[at] == ':') {
    const std::string_view after = text.substr(at + 1);
    const bool mail = at >= 6 && text.substr(at - 6, 6) == "mailto";
    const bool chat = at >= 4 && text.substr(at - 4, 4) == "xmpp";
    return after.starts_with("//") || mail || chat;
  }
  if (text[at] == '.') {
    const std::string_view before = text.substr(at >= 3 ? at - 3 : 0, std::min<std::size_t>(at, 3));
    return before.size() == 3 &&
           std::all_of(before.begin(), before.end(), [](char c) { return c == 'w' || c == 'W'; });
  }
  return text[at] == '@';
}

// Whether the character would begin a block at the start of a line: a list, a heading, a quote, a
// fence, a rule, a setext underline.
bool starts_block(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '-' || c == '+' || c == '=') return true;
  return (c == '.' || c == ')') && at > 0 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), is_ascii_digit);
}

}  // namespace

std::string escape_markdown(std::string_view raw) {
  // One line, so that nothing later in the text is at a line's start.
  std::string safe = to_valid_utf8(raw);
  std::replace(safe.begin(), safe.end(), '\r', ' ');
  safe = sanitize_for_terminal(safe);
  // A byte order mark is not shown, and Markdown parsers pass over it: what follows it would
  // begin the line.
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  for (std::size_t at = safe.find(byte_order_mark); at != std::string::npos;
       at = safe.find(byte_order_mark, at)) {
    safe.erase(at, byte_order_mark.size());
  }
  std::string text;
  for (const char c : safe) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!space) {
      text += c;
    } else if (!text.empty() && text.back() != ' ') {
      text += ' ';
    }
  }
  while (text.ends_with(' ')) text.pop_back();

  std::string result;
  result.reserve(text.size() + text.size() / 8);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    // Shortcode delimiters are found by the site generator before Markdown is read, where a
    // backslash does not count; an entity does.
    if (c == '{' || c == '}') {
      result += c == '{' ? "&#123;" : "&#125;";
      continue;
    }
    static constexpr std::string_view always = "\\`*_[]<>|~$#&!";
    // An underscore or a mark within a word does nothing, and is better read without a backslash.
    const bool inside_word =
        i > 0 && i + 1 < text.size() && is_word_byte(text[i - 1]) && is_word_byte(text[i + 1]);
    const bool plain_inside = inside_word && (c == '_' || c == '#' || c == '!' || c == '&');
    const bool lone_ampersand = c == '&' && i + 1 < text.size() && text[i + 1] == ' ';
    const bool sentence_end = c == '!' && (i + 1 == text.size() || text[i + 1] != '[');
    // In "$24 million" the sign is money; only a second one on the line could make it mathematics,
    // so it is escaped where there is one.
    const bool lone_dollar = c == '$' && text.find('$') == text.rfind('$');
    const bool emoji = c == ':' && i + 1 < text.size() && is_word_byte(text[i + 1]) &&
                       (i == 0 || !is_word_byte(text[i - 1]));
    const bool harmless = plain_inside || lone_ampersand || sentence_end || lone_dollar;
    const bool at_line_start = starts_block(text, i) && (i == 0 || c == '.' || c == ')');
    const bool escape = (always.find(c) != std::string_view::npos && !harmless) ||
                        starts_bare_link(text, i) || at_line_start || emoji;
    if (escape) result += '\\';
    result += c;
  }
  return result;
}

bool is_safe_link(std::string_view address) {
  std::string_view rest;
  if (address.starts_with("https://")) {
    rest = address.substr(8);
  } else if (address.starts_with("http://")) {
    rest = address.substr(7);
  } else {
    return false;
  }
  if (address.size() > 2000 || first_invalid_utf8(address)) return false;
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.empty() || authority.starts_with(':') || authority.find('@') != std::string_view::npos)
    return false;
  if (sanitize_for_terminal(address) != address) return false;
  return std::none_of(address.begin(), address.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == '"' ||
           c == '\\' || c == '`' || c == '{' || c == '}' || c == '|' || c == '^';
  });
}

std::string make_markdown_link(std::string_view title, std::string_view address) {
  const std::string text = escape_markdown(title);
  if (!is_safe_link(address)) return text;
  std::string destination;
  for (const char c : address) {
    // Parentheses end a destination; their percent-encoded forms name the same resource (RFC 3986
    // §2.2, in practice).
    if (c == '(') {
      destination += "%28";
    } else if (c == ')') {
      destination += "%29";
    } else {
      destination += c;
    }
  }
  return "[" + (text.empty() ? escape_markdown(address) : text) + "](" + destination + ")";
}

}  // namespace stubkeeper::entries
