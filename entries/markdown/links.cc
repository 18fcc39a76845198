#include "entries/markdown/links.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "entries/markdown/cmark_tree.h"

namespace stubkeeper::entries {
namespace {

// No person's link text or address is longer; the limits keep the time linear whatever the brackets
// do.
constexpr std::size_t max_link_text_length = 2000;
constexpr std::size_t max_destination_length = 4000;

bool is_bare_link_end(char c) {
  return is_ascii_space(c) || c == '<' || c == '>' || c == '"' || c == '|' || c == '`';
}

class LinkFinder {
 public:
  explicit LinkFinder(std::string_view text) : text_(text), code_(find_code_spans(text)) {}

  std::vector<Link> run() {
    for (std::size_t at = 0; at < text_.size(); ++at) {
      if (skip_code(at)) continue;
      const char c = text_[at];
      if (c == ']' && at + 1 < text_.size()) {
        if (text_[at + 1] == '(') parse_inline_link(at);
        if (text_[at + 1] == ':') parse_definition(at);
      } else if (c == '<') {
        parse_autolink(at);
      } else if (c == ':' && text_.substr(at).starts_with("://")) {
        parse_bare_link(at);
      } else if (c == '=') {
        parse_attribute(at);
      }
    }
    std::stable_sort(found_.begin(), found_.end(),
                     [](const Link& a, const Link& b) { return a.begin < b.begin; });
    return std::move(found_);
  }

 private:
  bool skip_code(std::size_t& at) {
    while (next_code_ < code_.size() && code_[next_code_].end <= at) ++next_code_;
    if (next_code_ == code_.size() || at < code_[next_code_].begin) return false;
    at = code_[next_code_].end - 1;
    return true;
  }

  std::size_t skip_space(std::size_t at) const {
    while (at < text_.size() && is_ascii_space(text_[at])) ++at;
    return at;
  }

  // The destination that begins at `at`, after white space: "<...>" or up to white space and the
  // bracket that closes the link.
  bool parse_destination(std::size_t at, bool in_parentheses, Link& link) const {
    at = skip_space(at);
    link.begin = at;
    if (at < text_.size() && text_[at] == '<') {
      link.begin = at + 1;
      link.end = text_.substr(0, at + max_destination_length).find_first_of(">\n", at + 1);
      return link.end != std::string_view::npos && text_[link.end] == '>';
    }
    int depth = 0;
    // A shortcode in the destination has white space and quotes of its own.
    bool shortcode = false;
    for (; at < text_.size(); ++at) {
      if (at - link.begin > max_destination_length) return false;
      const char c = text_[at];
      if (text_.substr(at).starts_with("{{")) shortcode = true;
      if (shortcode) {
        if (c == '\n') return false;
        if (text_.substr(at).starts_with("}}")) {
          shortcode = false;
          ++at;
        }
        continue;
      }
      if (is_ascii_space(c)) break;
      if (c == '\\' && at + 1 < text_.size()) {
        ++at;
        continue;
      }
      if (c == '(') ++depth;
      if (c == ')' && in_parentheses && depth-- == 0) break;
    }
    link.end = at;
    return link.end > link.begin;
  }

  void add(const Link& link) {
    covered_end_ = link.end;
    found_.push_back(link);
  }

  void parse_inline_link(std::size_t close) {
    Link link;
    if (!parse_destination(close + 2, true, link)) return;
    link.text_end = close;
    int depth = 0;
    std::size_t open = close;
    while (open > 0 && close - open < max_link_text_length) {
      --open;
      if (text_[open] == ']') ++depth;
      if (text_[open] == '[' && depth-- == 0) {
        link.text_begin = open + 1;
        return add(link);
      }
    }
  }

  void parse_definition(std::size_t close) {
    const std::size_t line = text_.rfind('\n', close);
    const std::size_t begin = line == std::string_view::npos ? 0 : line + 1;
    const std::size_t bracket = text_.find_first_not_of(" \t>", begin);
    if (bracket >= close || text_[bracket] != '[' || text_.substr(bracket).starts_with("[^")) return;
    Link link;
    link.kind = LinkKind::definition;
    if (parse_destination(close + 2, false, link)) add(link);
  }

  void parse_autolink(std::size_t open) {
    if (open < covered_end_) return;
    const std::size_t close = text_.find_first_of("> \n<", open + 1);
    if (close == std::string_view::npos || text_[close] != '>') return;
    const std::string_view inside = text_.substr(open + 1, close - open - 1);
    const std::size_t colon = inside.find(':');
    if (colon == std::string_view::npos || colon < 2 || colon > 32 || !is_ascii_letter(inside.front()) ||
        inside.find('"') != std::string_view::npos || inside.find('=') < colon)
      return;
    add({LinkKind::autolink, 0, 0, open + 1, close});
  }

  void parse_bare_link(std::size_t colon) {
    if (colon < covered_end_) return;
    std::size_t begin = colon;
    while (begin > 0 && colon - begin < 5 && is_ascii_letter(text_[begin - 1])) --begin;
    const std::string scheme = ascii_lower(text_.substr(begin, colon - begin));
    if (scheme != "http" && scheme != "https") return;
    std::size_t end = colon;
    int depth = 0;
    for (; end < text_.size() && !is_bare_link_end(text_[end]) && text_[end] != ']'; ++end) {
      if (text_[end] == '(') ++depth;
      if (text_[end] == ')' && depth-- == 0) break;
    }
    constexpr std::string_view trailing_punctuation = ".,;:!?'*_~";
    while (end > colon + 3 && trailing_punctuation.find(text_[end - 1]) != std::string_view::npos) --end;
    if (end > colon + 3) add({LinkKind::bare_link, 0, 0, begin, end});
  }

  void parse_attribute(std::size_t equals) {
    std::size_t name_end = equals;
    while (name_end > 0 && is_ascii_space(text_[name_end - 1])) --name_end;
    std::size_t name = name_end;
    while (name > 0 && name_end - name < 12 && is_ascii_letter(text_[name - 1])) --name;
    static constexpr std::array<std::string_view, 5> addresses{"href", "src", "action", "formaction", "data"};
    const std::string found = ascii_lower(text_.substr(name, name_end - name));
    if (!contains(addresses, found)) return;
    // Only within a tag: an open "<" on the way back, and no ">" before it.
    const std::size_t from = name > max_destination_length ? name - max_destination_length : 0;
    const std::size_t tag = text_.substr(from, name - from).find_last_of("<>");
    if (tag == std::string_view::npos || text_[from + tag] != '<') return;
    const std::size_t at = skip_space(equals + 1);
    if (at >= text_.size()) return;
    const bool quoted = text_[at] == '"' || text_[at] == '\'';
    const std::size_t end = quoted ? text_.find(text_[at], at + 1) : text_.find_first_of(" \t\r\n>", at);
    if (quoted && end == std::string_view::npos) return;
    const std::size_t covered = covered_end_;
    add({LinkKind::attribute, 0, 0, quoted ? at + 1 : at, std::min(end, text_.size())});
    covered_end_ = std::max(covered, covered_end_);
  }

  std::string_view text_;
  std::vector<CodeSpan> code_;
  std::size_t next_code_ = 0;
  std::size_t covered_end_ = 0;  // text before it is of a link already
  std::vector<Link> found_;
};

struct NamedReference {
  std::string_view name;
  char character;
};
// Those that can be within a scheme.
constexpr std::array<NamedReference, 4> references{
    {{"colon;", ':'}, {"Tab;", '\t'}, {"NewLine;", '\n'}, {"newline;", '\n'}}};

// The character reference at `at` ("&#x3a;"), as one byte where it is ASCII; `at` moves past it.
bool parse_character_reference(std::string_view text, std::size_t& at, char& character) {
  const std::string_view rest = text.substr(at + 1, 12);
  for (const NamedReference& reference : references) {
    if (!rest.starts_with(reference.name)) continue;
    character = reference.character;
    at += reference.name.size();
    return true;
  }
  if (!rest.starts_with('#')) return false;
  const bool hexadecimal = rest.size() > 1 && (rest[1] == 'x' || rest[1] == 'X');
  const char* begin = rest.data() + (hexadecimal ? 2 : 1);
  unsigned code = 0;
  const auto [end, error] = std::from_chars(begin, rest.data() + rest.size(), code, hexadecimal ? 16 : 10);
  if (error != std::errc{} || end == begin || code >= 0x80) return false;
  character = static_cast<char>(code);
  at += static_cast<std::size_t>(end - rest.data());
  if (at + 1 < text.size() && text[at + 1] == ';') ++at;
  return true;
}

}  // namespace

std::vector<Link> find_links(std::string_view text) {
  return LinkFinder{text}.run();
}

std::string resolve_destination(std::string_view destination) {
  const bool is_plain =
      destination.find('&') == std::string_view::npos && destination.find('\\') == std::string_view::npos;
  if (is_plain || destination.find_first_of("<>\r\n") != std::string_view::npos)
    return std::string{destination};
  const CmarkTree tree = parse_with_cmark("[x](<" + std::string{destination} + ">)");
  cmark_node* paragraph = tree ? cmark_node_first_child(tree.get()) : nullptr;
  cmark_node* link = paragraph == nullptr ? nullptr : cmark_node_first_child(paragraph);
  const char* address = link == nullptr ? nullptr : cmark_node_get_url(link);
  return address == nullptr ? std::string{destination} : std::string{address};
}

std::string normalize_destination(std::string_view destination) {
  std::string normalized;
  for (std::size_t at = 0; at < destination.size(); ++at) {
    char c = destination[at];
    if (c == '&') parse_character_reference(destination, at, c);
    if (static_cast<unsigned char>(c) > 0x20 && c != 0x7F) normalized += to_ascii_lower(c);
  }
  return normalized;
}

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
  // The next run of the same length, from the back, so that each opener knows its
  // closer at once.
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
