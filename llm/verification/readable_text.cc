#include "llm/verification/readable_text.h"

#include <algorithm>

#include "base/text/ascii.h"

namespace stubkeeper::llm {
namespace {

bool is_ascii_punctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

struct Entity {
  std::string_view text;
  char sign;
};
// Those that make_safe writes, and the common ones.
constexpr Entity entities[] = {{"&#123;", '{'}, {"&#125;", '}'}, {"&amp;", '&'}, {"&lt;", '<'},
                               {"&gt;", '>'},   {"&quot;", '"'}, {"&#39;", '\''}};

// Where the destination of an inline link ends: the matching ')' after `open`.
std::size_t end_of_destination(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '(') {
      ++depth;
    } else if (text[i] == ')' && --depth == 0) {
      return i;
    }
  }
  return std::string_view::npos;
}

struct Link {
  std::string address;
  // Removed with the address: "](...)", or a bare address itself.
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t open_bracket = std::string_view::npos;  // of an inline link
};

std::vector<Link> collect_links(std::string_view markdown) {
  std::vector<Link> links;
  std::vector<std::size_t> brackets;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    if (markdown[i] == '\\') {
      ++i;
      continue;
    }
    if (markdown[i] == '[') brackets.push_back(i);
    if (markdown[i] == ']') {
      const std::size_t open = brackets.empty() ? std::string_view::npos : brackets.back();
      if (!brackets.empty()) brackets.pop_back();
      const std::size_t end =
          markdown.substr(i + 1, 1) == "(" ? end_of_destination(markdown, i + 1) : std::string_view::npos;
      if (end == std::string_view::npos) continue;
      std::string_view destination = markdown.substr(i + 2, end - i - 2);
      destination.remove_prefix(std::min(destination.find_first_not_of(" \t\n"), destination.size()));
      destination = destination.substr(0, destination.find_first_of(" \t\n"));
      links.push_back({std::string{destination}, i, end + 1, open});
      i = end;
      continue;
    }
    // A bare address becomes a link where the site's Markdown is extended (GFM); make_safe breaks
    // it with a backslash.
    for (const std::string_view scheme : {"https://", "http://", "www."}) {
      if (markdown.substr(i, scheme.size()) != scheme) continue;
      const std::size_t end = std::min(markdown.find_first_of(" \t\n)>]", i), markdown.size());
      links.push_back({std::string{markdown.substr(i, end - i)}, i, end, std::string_view::npos});
      i = end - 1;
      break;
    }
  }
  return links;
}

}  // namespace

std::string readable_text(std::string_view markdown) {
  std::string text;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    const char c = markdown[i];
    if (c == '\\' && i + 1 < markdown.size() && is_ascii_punctuation(markdown[i + 1])) {
      text += markdown[++i];
      continue;
    }
    if (c == '&') {
      bool resolved = false;
      for (const Entity& entity : entities) {
        if (!resolved && markdown.substr(i, entity.text.size()) == entity.text) {
          text += entity.sign;
          i += entity.text.size() - 1;
          resolved = true;
        }
      }
      if (resolved) continue;
    }
    if (c == ']' && markdown.substr(i + 1, 1) == "(") {
      const std::size_t end = end_of_destination(markdown, i + 1);
      if (end != std::string_view::npos) {
        i = end;
        continue;
      }
    }
    if (c == '[' || c == '*' || c == '`') continue;
    text += c;
  }
  return text;
}

std::vector<std::string> link_destinations(std::string_view markdown) {
  std::vector<std::string> addresses;
  for (const Link& link : collect_links(markdown)) addresses.push_back(link.address);
  return addresses;
}

std::string remove_links(std::string_view markdown, const std::function<bool(const std::string&)>& is_wanted,
                         std::vector<std::string>& removed) {
  std::string text{markdown};
  const auto links = collect_links(markdown);
  // From the end on, so that the places of those before stay.
  std::vector<std::string> unwanted;
  for (auto link = links.rbegin(); link != links.rend(); ++link) {
    if (is_wanted(link->address)) continue;
    unwanted.push_back(link->address);
    text.erase(link->begin, link->end - link->begin);
    if (link->open_bracket != std::string_view::npos) text.erase(link->open_bracket, 1);
  }
  removed.insert(removed.end(), unwanted.rbegin(), unwanted.rend());
  return text;
}

bool has_active_markup(std::string_view markdown) {
  bool line_begins = true;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    const char c = markdown[i];
    const char next = i + 1 < markdown.size() ? markdown[i + 1] : '\0';
    if (c == '\\' && is_ascii_punctuation(next) && next != '{' && next != '}') {
      ++i;
      line_begins = false;
      continue;
    }
    // Shortcodes are looked for before Markdown is read, so that a backslash does not help.
    if (c == '{' && next == '{') return true;
    if (c == '<' && (is_ascii_letter(next) || next == '/' || next == '!' || next == '?')) return true;
    if (line_begins && c == '[' &&
        markdown.substr(i, markdown.find('\n', i) - i).find("]:") != std::string_view::npos)
      return true;
    line_begins = c == '\n' || (line_begins && c == ' ');
  }
  return false;
}

}  // namespace stubkeeper::llm
