#include "crawler/html/gumbo_input.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <system_error>
#include <utility>

#include "base/text/ascii.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t max_levels = 256;
constexpr std::size_t max_attributes = 200;
constexpr std::size_t max_open_formatting = 40;
constexpr std::size_t max_reopened_formatting = 100'000;

constexpr std::size_t min_replaced_bytes = 20;

// Elements without an end tag, or whose end is implied by the next of their kind.
constexpr TagSet unnested_tags{
    GUMBO_TAG_AREA,   GUMBO_TAG_BASE,     GUMBO_TAG_BR,    GUMBO_TAG_COL,   GUMBO_TAG_EMBED,
    GUMBO_TAG_HR,     GUMBO_TAG_IMG,      GUMBO_TAG_INPUT, GUMBO_TAG_LINK,  GUMBO_TAG_META,
    GUMBO_TAG_PARAM,  GUMBO_TAG_SOURCE,   GUMBO_TAG_TRACK, GUMBO_TAG_WBR,   GUMBO_TAG_P,
    GUMBO_TAG_LI,     GUMBO_TAG_DT,       GUMBO_TAG_DD,    GUMBO_TAG_TR,    GUMBO_TAG_TD,
    GUMBO_TAG_TH,     GUMBO_TAG_TBODY,    GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT, GUMBO_TAG_HTML,
    GUMBO_TAG_OPTION, GUMBO_TAG_OPTGROUP, GUMBO_TAG_HEAD,  GUMBO_TAG_BODY,  GUMBO_TAG_COLGROUP};

// Formatting elements but <a>, of which gumbo keeps one open.
constexpr TagSet formatting_tags{GUMBO_TAG_B,     GUMBO_TAG_BIG, GUMBO_TAG_CODE,  GUMBO_TAG_EM,
                                 GUMBO_TAG_FONT,  GUMBO_TAG_I,   GUMBO_TAG_NOBR,  GUMBO_TAG_S,
                                 GUMBO_TAG_TT,    GUMBO_TAG_U,   GUMBO_TAG_SMALL, GUMBO_TAG_STRIKE,
                                 GUMBO_TAG_STRONG};

// Elements whose content is text up to their end tag.
constexpr TagSet raw_text_tags{GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,    GUMBO_TAG_TEXTAREA, GUMBO_TAG_TITLE,
                               GUMBO_TAG_XMP,    GUMBO_TAG_NOFRAMES, GUMBO_TAG_NOEMBED,  GUMBO_TAG_IFRAME};

bool nests(GumboTag tag) {
  return !unnested_tags.contains(tag) && !raw_text_tags.contains(tag);
}

// Bytes that mean themselves wherever gumbo finds them: no markup, no reference, and nothing of a
// character that it replaces (U+0080 to U+009F, noncharacters).
constexpr std::array<bool, 256> make_plain_byte_table() {
  std::array<bool, 256> plain{};
  for (unsigned byte = 0x20; byte <= 0xEE; ++byte) plain[byte] = byte != 0x7F && byte != 0xC2;
  for (const char c : {'<', '>', '&', '[', ']'}) plain[static_cast<unsigned char>(c)] = false;
  plain['\n'] = plain['\t'] = true;
  return plain;
}

bool is_plain(char c) {
  static constexpr std::array<bool, 256> plain = make_plain_byte_table();
  return plain[static_cast<unsigned char>(c)];
}

// A private-use character that a page does not have. (One that has sixty of them gets some texts
// misplaced.)
std::string find_unused_character(std::string_view html) {
  std::string character = "\U0010FFFD";
  while (html.find(character) != std::string_view::npos && character.back() > '\x80') --character.back();
  return character;
}

class InputMaker {
 public:
  explicit InputMaker(std::string_view html) : html_(html) {}

  GumboInput make() && {
    result_.html.reserve(html_.size());
    result_.mark = find_unused_character(html_);
    while (at_ < html_.size()) {
      if (html_[at_] != '<') {
        keep_text(std::min(html_.find('<', at_), html_.size()));
      } else if (html_.substr(at_).starts_with("<!--")) {
        keep(end_of_comment());
      } else {
        keep_markup();
      }
    }
    return std::move(result_);
  }

 private:
  void keep(std::size_t end) {
    result_.html.append(html_, at_, end - at_);
    at_ = end;
  }

  template <class Predicate>
  std::size_t skip_while(Predicate predicate, std::size_t begin, std::size_t end) const {
    while (begin < end && predicate(html_[begin])) ++begin;
    return begin;
  }

  // ---- text ----

  // White space before a text decides where the parser puts it, so that it stays.
  void keep_text(std::size_t end) {
    while (at_ < end) {
      keep(skip_while(is_ascii_space, at_, end));
      if (const std::size_t text = skip_while(is_plain, at_, end); text - at_ < min_replaced_bytes) {
        keep(text);
      } else {
        replace(text);
      }
      if (at_ == end) break;
      keep(html_[at_] == '&' ? end_of_reference(end) : end_of_character(end));
    }
  }

  void replace(std::size_t end) {
    result_.html += result_.mark + std::to_string(result_.texts.size()) + ';';
    result_.texts.push_back(html_.substr(at_, end - at_));
    at_ = end;
  }

  std::size_t end_of_reference(std::size_t end) const {
    return skip_while([](char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '#' || c == ';'; },
                      at_ + 1, end);
  }

  std::size_t end_of_character(std::size_t end) const {
    return skip_while([](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }, at_ + 1, end);
  }

  // ---- tags (WHATWG HTML §13.2.5) ----

  std::size_t end_of_comment() const {
    for (std::size_t at = at_ + 2; (at = html_.find("--", at)) != std::string_view::npos; ++at) {
      const std::string_view rest = html_.substr(at);
      if (rest.starts_with("-->")) return at + 3;
      if (rest.starts_with("--!>") && at > at_ + 3) return at + 4;
    }
    return html_.size();
  }

  std::size_t end_of_name(std::size_t begin) const {
    return skip_while([](char c) { return !is_ascii_space(c) && c != '>' && c != '/'; }, begin, html_.size());
  }

  // Of an attribute with its value.
  std::size_t end_of_attribute() const {
    const std::size_t size = html_.size();
    const std::size_t end = skip_while(
        [](char c) { return c != '=' && c != '>' && c != '/' && !is_ascii_space(c); }, at_ + 1, size);
    const std::size_t equals = skip_while(is_ascii_space, end, size);
    if (equals == size || html_[equals] != '=') return end;
    const std::size_t value = skip_while(is_ascii_space, equals + 1, size);
    if (value < size && (html_[value] == '"' || html_[value] == '\''))
      return std::min(html_.find(html_[value], value + 1), size - 1) + 1;
    return skip_while([](char c) { return c != '>' && !is_ascii_space(c); }, value, size);
  }

  void keep_markup() {
    const bool is_end = html_.substr(at_).starts_with("</");
    const std::size_t begin = at_ + (is_end ? 2 : 1);
    if (begin >= html_.size() || !is_ascii_letter(html_[begin])) {
      // A document type, a bogus comment, or a "<" that means itself.
      const bool is_markup = is_end || (begin < html_.size() && (html_[begin] == '!' || html_[begin] == '?'));
      return keep(is_markup ? std::min(html_.find('>', at_), html_.size() - 1) + 1 : begin);
    }
    const std::size_t end = end_of_name(begin);
    const std::string_view name = html_.substr(begin, end - begin);
    const GumboTag tag = gumbo_tagn_enum(name.data(), static_cast<unsigned int>(name.size()));
    if (is_block(tag)) count_reopened_formatting();
    const std::size_t tag_begin = result_.html.size();
    keep(end);
    keep_attributes();
    if (!(is_end ? may_close(tag) : may_open(tag))) {
      result_.html.resize(tag_begin);
      // Words on both sides of a tag are two words, unless it only changes their looks.
      if (!formatting_tags.contains(tag)) result_.html += ' ';
    } else if (!is_end && raw_text_tags.contains(tag)) {
      keep_raw_text(name);
    }
  }

  // Up to the tag's '>'.
  void keep_attributes() {
    for (std::size_t attributes = 0; at_ < html_.size() && html_[at_] != '>';) {
      if (is_ascii_space(html_[at_]) || html_[at_] == '/') {
        keep(at_ + 1);
      } else if (attributes++ < max_attributes) {
        keep(end_of_attribute());
      } else {
        at_ = end_of_attribute();
      }
    }
    if (at_ < html_.size()) keep(at_ + 1);
  }

  void keep_raw_text(std::string_view name) {
    std::size_t end = at_;
    while ((end = html_.find("</", end)) != std::string_view::npos &&
           !starts_with_ignoring_case(html_.substr(end + 2), name))
      ++end;
    keep(std::min(end, html_.size()));
  }

  // ---- what is open ----

  struct Count {
    std::size_t levels = 0;
    std::size_t left_out = 0;
    std::size_t formatting = 0;  // opened and not closed by its own end tag
  };

  bool may_open(GumboTag tag) {
    if (!nests(tag)) return true;
    Count& count = counts_[tag];
    const bool is_formatting = formatting_tags.contains(tag);
    if (levels_.size() >= max_levels ||
        (is_formatting && (formatting_is_over_ || count.formatting >= max_open_formatting))) {
      ++count.left_out;
      return false;
    }
    if (is_formatting) {
      ++count.formatting;
      ++open_formatting_;
    }
    ++count.levels;
    levels_.push_back(tag);
    return true;
  }

  bool may_close(GumboTag tag) {
    if (!nests(tag)) return true;
    Count& count = counts_[tag];
    if (count.left_out > 0) {
      --count.left_out;
      return false;
    }
    if (formatting_tags.contains(tag) && formatting_is_over_) return false;
    if (count.formatting > 0) {
      --count.formatting;
      --open_formatting_;
    }
    while (count.levels > 0) {
      const GumboTag closed = levels_.back();
      levels_.pop_back();
      --counts_[closed].levels;
      if (closed == tag) break;
    }
    return true;
  }

  // Gumbo may open all formatting that is not closed again in a new block.
  void count_reopened_formatting() {
    if (formatting_is_over_) return;
    reopened_formatting_ += open_formatting_;
    if (reopened_formatting_ <= max_reopened_formatting) return;
    formatting_is_over_ = true;
    for (std::size_t tag = 0; tag < counts_.size(); ++tag) {
      for (; counts_[tag].formatting > 0; --counts_[tag].formatting)
        result_.html += std::string{"</"} + gumbo_normalized_tagname(static_cast<GumboTag>(tag)) + '>';
    }
  }

  std::string_view html_;
  std::size_t at_ = 0;
  GumboInput result_;
  std::vector<GumboTag> levels_;
  std::array<Count, GUMBO_TAG_LAST + 1> counts_{};
  std::size_t open_formatting_ = 0;
  std::size_t reopened_formatting_ = 0;
  bool formatting_is_over_ = false;
};

}  // namespace

bool is_plain_text(std::string_view html) {
  return std::all_of(html.begin(), html.end(), is_plain);
}

GumboInput make_gumbo_input(std::string_view html) {
  return InputMaker{html}.make();
}

std::string_view GumboInput::restore(std::string_view text, std::pmr::memory_resource& memory) {
  if (text.find(mark) == std::string_view::npos) return text;
  std::string restored;
  while (!text.empty()) {
    const std::size_t begin = std::min(text.find(mark), text.size());
    restored += text.substr(0, begin);
    text.remove_prefix(std::min(begin + mark.size(), text.size()));
    std::size_t number = texts.size();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number >= texts.size()) continue;  // a reference to this character
    const std::string_view original = std::exchange(texts[number], {});
    text.remove_prefix(std::min(static_cast<std::size_t>(end - text.data()) + 1, text.size()));
    if (restored.empty() && text.empty()) return original;
    restored += original;
  }
  auto* copy = static_cast<char*>(memory.allocate(restored.size(), 1));
  return {copy, restored.copy(copy, restored.size())};
}

}  // namespace stubkeeper::crawler
