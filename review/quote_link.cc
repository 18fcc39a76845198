#include "review/quote_link.h"

#include <algorithm>
#include <vector>

#include "base/text/ascii.h"
#include "base/text/encoding.h"

namespace stubkeeper::review {
namespace {

// Chromium's own generator gives quotes up to this length whole.
constexpr std::size_t max_exact_quote_length = 300;
constexpr std::size_t min_boundary_words = 4;
constexpr std::size_t max_boundary_words = 12;

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// A page's text as a browser matches it: one space for white space, without the marks that the
// extraction puts before items and cells; in lower case for comparing.
class VisibleText {
 public:
  explicit VisibleText(std::string_view text) {
    for (std::size_t begin = 0; begin < text.size();) {
      std::size_t end = text.find('\n', begin);
      if (end == std::string_view::npos) end = text.size();
      add_line(text, begin, end);
      begin = end + 1;
    }
    folded_ = ascii_lower(text_);
  }

  // The visible text of the bytes [begin, end) of the source: whole words, without spaces around.
  Range visible_range(std::size_t begin, std::size_t end) const {
    const auto from = std::lower_bound(source_.begin(), source_.end(), begin);
    const auto to = std::lower_bound(source_.begin(), source_.end(), end);
    Range range{static_cast<std::size_t>(from - source_.begin()),
                static_cast<std::size_t>(to - source_.begin())};
    while (range.begin < range.end && text_[range.begin] == ' ') ++range.begin;
    while (range.end > range.begin && text_[range.end - 1] == ' ') --range.end;
    if (range.begin == range.end) return range;
    while (range.begin > 0 && is_inside_word(range.begin)) --range.begin;
    while (range.end < text_.size() && is_inside_word(range.end)) ++range.end;
    return range;
  }

  // The block that holds a place, without the space after it.
  Range block_at(std::size_t place) const {
    const auto next = std::upper_bound(blocks_.begin(), blocks_.end(), place);
    const std::size_t begin = next == blocks_.begin() ? 0 : *(next - 1);
    const std::size_t end = next == blocks_.end() ? text_.size() : *next;
    return {begin, end > begin && text_[end - 1] == ' ' ? end - 1 : end};
  }

  // Where the next `count` words end, within [begin, end).
  std::size_t end_of_words(Range range, std::size_t count) const {
    std::size_t at = range.begin;
    while (at < range.end && text_[at] == ' ') ++at;
    for (; count > 0 && at < range.end; --count) {
      at = std::min(text_.find(' ', at), range.end);
      if (count > 1 && at < range.end) ++at;
    }
    return at > range.begin && at <= range.end && text_[at - 1] == ' ' ? at - 1 : std::min(at, range.end);
  }

  // Where the last `count` words begin, within [begin, end).
  std::size_t begin_of_words(Range range, std::size_t count) const {
    std::size_t at = range.end;
    while (at > range.begin && text_[at - 1] == ' ') --at;
    while (count > 0 && at > range.begin) {
      const std::size_t space = text_.rfind(' ', at - 1);
      at = space == std::string::npos || space < range.begin ? range.begin : space + 1;
      if (--count > 0 && at > range.begin) --at;
    }
    return at;
  }

  std::string_view text(Range range) const {
    return std::string_view{text_}.substr(range.begin, range.end - range.begin);
  }
  bool is_unique(Range range) const {
    const std::string_view words = folded(range);
    const std::size_t first = folded_.find(words);
    return folded_.find(words, first + 1) == std::string::npos;
  }
  std::size_t find_from(Range range, std::size_t from) const { return folded_.find(folded(range), from); }
  std::size_t size() const { return text_.size(); }

 private:
  std::string_view folded(Range range) const {
    return std::string_view{folded_}.substr(range.begin, range.end - range.begin);
  }

  bool is_inside_word(std::size_t place) const {
    return is_ascii_alphanumeric(text_[place - 1]) && is_ascii_alphanumeric(text_[place]);
  }

  void add_line(std::string_view text, std::size_t begin, std::size_t end) {
    while (begin < end && is_ascii_space(text[begin])) ++begin;
    const std::string_view line = text.substr(begin, end - begin);
    const bool row = line.starts_with('|');
    std::size_t marks = 0;
    while (marks < line.size() && line[marks] == '#') ++marks;
    const bool heading = marks > 0 && marks < line.size() && line[marks] == ' ';
    if (heading) begin += marks;
    if (line.starts_with("- ") || line.starts_with("> ")) begin += 1;
    end_block();
    for (std::size_t i = begin; i < end; ++i) {
      if (row && text[i] == '|') {
        end_block();
      } else if (is_ascii_space(text[i])) {
        if (!text_.empty() && text_.back() != ' ') append(' ', i);
      } else {
        append(text[i], i);
      }
    }
  }

  void append(char c, std::size_t source) {
    text_ += c;
    source_.push_back(source);
  }

  void end_block() {
    if (text_.empty()) return;
    if (text_.back() != ' ') append(' ', source_.back() + 1);
    if (blocks_.empty() || blocks_.back() != text_.size()) blocks_.push_back(text_.size());
  }

  std::string text_;
  std::string folded_;
  std::vector<std::size_t> source_;  // of each byte, its place in the source; never falling
  std::vector<std::size_t> blocks_;  // where blocks begin, but for the first
};

struct TextDirective {
  Range prefix;
  Range start;
  Range end;  // empty: `start` is the whole quote
  Range suffix;
};

TextDirective make_text_directive(const VisibleText& page, Range quote) {
  TextDirective directive;
  const Range first_block = page.block_at(quote.begin);
  const Range last_block = page.block_at(quote.end - 1);
  const bool exact =
      first_block.begin == last_block.begin && quote.end - quote.begin <= max_exact_quote_length;
  if (exact) {
    directive.start = quote;
  } else {
    const Range beginning{quote.begin, std::min(first_block.end, quote.end)};
    const Range ending{std::max(last_block.begin, quote.begin), quote.end};
    directive.start = {quote.begin, page.end_of_words(beginning, min_boundary_words)};
    for (std::size_t words = min_boundary_words; words <= max_boundary_words; ++words) {
      directive.end = {std::max(page.begin_of_words(ending, words), directive.start.end), quote.end};
      // A browser takes the first end after the start.
      if (page.find_from(directive.end, directive.start.end) == directive.end.begin) break;
    }
    for (std::size_t words = min_boundary_words; words <= max_boundary_words; ++words) {
      if (page.is_unique(directive.start)) break;
      directive.start.end =
          std::min(page.end_of_words(beginning, words), std::max(directive.end.begin, quote.begin + 1));
    }
  }
  // The start and the words around it as one run of words.
  Range around = directive.start;
  for (std::size_t words = 1; words <= max_boundary_words && !page.is_unique(around); ++words) {
    if (quote.begin > 0) {
      const Range before = page.block_at(quote.begin - 1);
      const Range room{before.begin, quote.begin};
      directive.prefix = {page.begin_of_words(room, words), std::min(before.end, quote.begin)};
      if (page.text(directive.prefix).ends_with(' ')) --directive.prefix.end;
      around.begin = directive.prefix.begin;
    }
    if (exact && quote.end < page.size() && !page.is_unique(around)) {
      std::size_t next = quote.end;
      while (next < page.size() && page.text({next, next + 1}) == " ") ++next;
      if (next < page.size()) {
        const Range room{next, page.block_at(next).end};
        directive.suffix = {next, page.end_of_words(room, words)};
        around.end = directive.suffix.end;
      }
    }
  }
  return directive;
}

}  // namespace

std::string quote_link(std::string_view address, std::string_view text, std::size_t begin, std::size_t end,
                       std::size_t page) {
  if (!starts_with_ignoring_case(address, "http://") && !starts_with_ignoring_case(address, "https://"))
    return "";
  // A directive that the address has already leads to other words.
  address = address.substr(0, address.find(":~:"));
  if (address.ends_with('#')) address.remove_suffix(1);
  std::string result{address};
  const bool has_fragment = address.find('#') != std::string_view::npos;
  if (page > 0 && !has_fragment) result += "#page=" + std::to_string(page);
  if (begin >= end || end > text.size()) return result;
  const VisibleText visible{text};
  const Range quote = visible.visible_range(begin, end);
  if (quote.begin >= quote.end) return result;
  const TextDirective directive = make_text_directive(visible, quote);
  const auto term = [&](Range range) { return percent_encode_component(visible.text(range)); };
  if (!has_fragment && page == 0) result += '#';
  result += ":~:text=";
  if (directive.prefix.end > directive.prefix.begin) result += term(directive.prefix) + "-,";
  result += term(directive.start);
  if (directive.end.end > directive.end.begin) result += "," + term(directive.end);
  if (directive.suffix.end > directive.suffix.begin) result += ",-" + term(directive.suffix);
  return result;
}

}  // namespace stubkeeper::review
