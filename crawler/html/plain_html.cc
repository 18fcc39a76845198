#include "crawler/html/plain_html.h"

#include <algorithm>
#include <array>

#include "base/byte_words.h"
#include "base/text/ascii.h"
#include "base/text/utf8.h"
#include "crawler/html/named_characters.h"
#include "crawler/html/tag_roles.h"
#include "crawler/html/tag_syntax.h"

namespace stubkeeper::crawler {
namespace {

// Below what nesting.h leaves out for the HTML parser's sake, so that nothing of it happens here.
constexpr std::size_t most_open_elements = 40;
constexpr std::size_t most_attributes = 200;

using Index = PageTree::Index;

// Whether a character begins at `at` that the HTML parser replaces or leaves out (§13.2.3.5): controls other
// than white space, and what Unicode says is no character. A vertical tab is one.
bool begins_invalid_character(std::string_view html, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < html.size() ? static_cast<unsigned char>(html[at + i]) : 0U;
  };
  const unsigned lead = byte(0);
  if (lead < 0x20) return lead != '\t' && lead != '\n' && lead != '\r' && lead != '\f';
  if (lead < 0x80) return lead == 0x7F;
  if (lead == 0xC2) return byte(1) < 0xA0;
  const bool ends_in_fffe = (byte(2) == 0xBF && byte(3) >= 0xBE) && (byte(1) & 0x0FU) == 0x0F;
  if (lead >= 0xF0) return ends_in_fffe;
  if (lead != 0xEF) return false;
  return (byte(1) == 0xBF && byte(2) >= 0xBE) || (byte(1) == 0xB7 && byte(2) >= 0x90 && byte(2) <= 0xAF);
}

bool has_invalid_character(std::string_view html) {
  for (std::size_t at = 0; at < html.size(); ++at) {
    while (at + bytes_per_word <= html.size()) {
      const ByteWord word = load_word(html, at);
      if (has_non_ascii_byte(word) || has_byte_below(word, ' ') || has_byte(word, '\x7F')) break;
      at += bytes_per_word;
    }
    if (at < html.size() && begins_invalid_character(html, at)) return true;
  }
  return false;
}

struct OpenElement {
  Index node;
  GumboTag tag;
  std::string_view name;
};

// Its functions are false where the fragment turns out not to be plain.
class Parser {
 public:
  explicit Parser(std::string_view html) : html_(html) {}

  std::optional<PlainHtml> run() {
    if (has_invalid_character(html_)) return std::nullopt;
    nodes_.push_back({});
    open_.push_back({0, GUMBO_TAG_LAST, {}});
    while (at_ < html_.size()) {
      if (!(begins_markup() ? markup() : text())) return std::nullopt;
    }
    while (!open_.empty()) pop();
    return PlainHtml{std::move(characters_), std::move(nodes_)};
  }

 private:
  // ---- characters ----

  bool begins_markup() const {
    if (html_[at_] != '<' || at_ + 1 >= html_.size()) return false;
    const char next = html_[at_ + 1];
    return is_ascii_letter(next) || next == '/' || next == '!' || next == '?';
  }

  bool text() {
    const std::size_t begin = at_;
    const std::size_t end = end_of_text();
    const std::string_view raw = html_.substr(begin, end - begin);
    at_ = end;
    if (raw.find('&') == std::string_view::npos) return add_text(raw);
    const std::size_t decoded_begin = used_characters_;
    return decode(raw) && add_text({characters_.get() + decoded_begin, used_characters_ - decoded_begin});
  }

  std::size_t end_of_text() const {
    for (std::size_t end = at_ + 1;; ++end) {
      end = html_.find('<', end);
      if (end == std::string_view::npos || end + 1 >= html_.size()) return html_.size();
      const char next = html_[end + 1];
      if (is_ascii_letter(next) || next == '/' || next == '!' || next == '?') return end;
    }
  }

  bool decode(std::string_view raw) {
    // No reference is shorter than the UTF-8 of its character, so that the decoded texts have room in as many
    // bytes as there are.
    if (characters_ == nullptr) characters_ = std::make_unique_for_overwrite<char[]>(html_.size());
    while (!raw.empty()) {
      const std::size_t ampersand = std::min(raw.find('&'), raw.size());
      append(raw.substr(0, ampersand));
      raw.remove_prefix(ampersand);
      if (raw.empty()) break;
      const auto reference = plain_character_reference(raw);
      if (!reference) return false;
      used_characters_ += encode_utf8(reference->character, characters_.get() + used_characters_);
      raw.remove_prefix(reference->bytes);
    }
    return true;
  }

  void append(std::string_view bytes) {
    std::copy(bytes.begin(), bytes.end(), characters_.get() + used_characters_);
    used_characters_ += bytes.size();
  }

  bool add_text(std::string_view text) {
    const bool is_blank = text.find_first_not_of(" \t\r\n\f") == std::string_view::npos;
    // Other text is moved out of the table.
    if (is_table_part(open_.back().tag) && !is_blank) return false;
    // Line ends count in preformatted text alone, where they would have to be made one.
    if (open_preformatted_ > 0 && text.find('\r') != std::string_view::npos) return false;
    add_node(GUMBO_TAG_LAST, text);
    return true;
  }

  // ---- markup ----

  bool markup() {
    const std::string_view rest = html_.substr(at_);
    if (rest.starts_with("<!--")) return comment();
    const bool closes = rest[1] == '/';
    const std::size_t begin = at_ + (closes ? 2 : 1);
    if (begin >= html_.size() || !is_ascii_letter(html_[begin])) return false;
    const std::size_t end = end_of_tag_name(html_, begin);
    const std::string_view name = html_.substr(begin, end - begin);
    const GumboTag tag = gumbo_tagn_enum(name.data(), static_cast<unsigned int>(name.size()));
    if (!skip_attributes(end)) return false;
    return closes ? end_tag(tag, name) : start_tag(tag, name);
  }

  bool comment() {
    const std::size_t begin = at_ + 4;
    const std::size_t end = html_.find("-->", begin);
    if (end == std::string_view::npos) return false;
    const std::string_view inside = html_.substr(begin, end - begin);
    // Each a way to end a comment by mistake.
    if (inside.starts_with('>') || inside.starts_with("->") || inside.find("--") != std::string_view::npos ||
        inside.ends_with('-'))
      return false;
    at_ = end + 3;
    return true;
  }

  bool skip_attributes(std::size_t begin) {
    std::size_t at = begin;
    std::size_t attributes = 0;
    while (at < html_.size() && html_[at] != '>') {
      if (is_ascii_space(html_[at]) || html_[at] == '/') {
        ++at;
      } else {
        at = end_of_attribute(html_, at);
        if (++attributes > most_attributes) return false;
      }
    }
    if (at >= html_.size()) return false;
    at_ = at + 1;
    return true;
  }

  bool start_tag(GumboTag tag, std::string_view name) {
    const TagRole role = role_of(tag);
    if (is_table_part(open_.back().tag) && !may_stand_in_table(tag)) return false;
    switch (role) {
      case TagRole::not_plain:
        return false;
      case TagRole::text_content:
        return text_content(tag, name);
      case TagRole::block:
        return close_paragraph() && push(tag, name);
      case TagRole::preformatted:
        ++open_preformatted_;
        return close_paragraph() && push(tag, name);
      case TagRole::heading:
        return close_paragraph() && role_of(open_.back().tag) != TagRole::heading && push(tag, name);
      case TagRole::list_item:
        return close_item({GUMBO_TAG_LI, GUMBO_TAG_LI}) && close_paragraph() && push(tag, name);
      case TagRole::description_item:
        return close_item({GUMBO_TAG_DT, GUMBO_TAG_DD}) && close_paragraph() && push(tag, name);
      case TagRole::formatting:
        return (tag != GUMBO_TAG_A || !is_open(tag)) && push(tag, name);
      case TagRole::phrase:
      case TagRole::table:
        return push(tag, name);
      case TagRole::rule:
        return close_paragraph() && add_node(tag, {});
      case TagRole::empty:
        return add_node(tag, {});
      default:
        return start_of_table_part(role, tag, name);
    }
  }

  bool end_tag(GumboTag tag, std::string_view name) {
    const TagRole role = role_of(tag);
    if (is_table_part(open_.back().tag) && !is_table_role(role)) return false;
    switch (role) {
      case TagRole::not_plain:
      case TagRole::text_content:
        return false;
      case TagRole::rule:
      case TagRole::empty:
        return tag != GUMBO_TAG_BR;
      case TagRole::heading:
        return end_of_heading(tag);
      case TagRole::phrase:
      case TagRole::formatting:
        return end_of_phrase(tag, name);
      case TagRole::block:
        if (tag == GUMBO_TAG_P && found_in_scope(tag) == 0) return add_node(tag, {});
        return close(found_in_scope(tag));
      case TagRole::list_item:
        return close(found_in_list_scope());
      case TagRole::preformatted:
      case TagRole::description_item:
        return close(found_in_scope(tag));
      default:
        return tag != GUMBO_TAG_COL && close(found_in_table_scope(tag));
    }
  }

  bool text_content(GumboTag tag, std::string_view name) {
    for (std::size_t end = at_; (end = html_.find("</", end)) != std::string_view::npos; ++end) {
      const std::size_t after = end + 2 + name.size();
      if (!starts_with_ignoring_case(html_.substr(end + 2), name) || after >= html_.size()) continue;
      if (!is_ascii_space(html_[after]) && html_[after] != '/' && html_[after] != '>') continue;
      // In a script, "<!--" can make "</script>" text.
      const std::string_view inside = html_.substr(at_, end - at_);
      if (tag == GUMBO_TAG_SCRIPT && inside.find("<!--") != std::string_view::npos) return false;
      return add_node(tag, {}) && skip_attributes(after);
    }
    return false;
  }

  bool end_of_heading(GumboTag tag) {
    for (std::size_t i = open_.size() - 1; i > 0 && !bounds_scope(open_[i].tag); --i) {
      if (role_of(open_[i].tag) == TagRole::heading) return open_[i].tag == tag && close(i);
    }
    return true;
  }

  // Formatting that others' tags closed would be opened anew behind them.
  bool end_of_phrase(GumboTag tag, std::string_view name) {
    if (open_.back().tag != tag) return !is_open(tag);
    if (tag == GUMBO_TAG_UNKNOWN && !equals_ignoring_case(open_.back().name, name)) return false;
    pop();
    return true;
  }

  // Rows, cells and what is implied around them.
  bool start_of_table_part(TagRole role, GumboTag tag, std::string_view name) {
    const std::size_t table = found_in_table_scope(GUMBO_TAG_TABLE);
    const GumboTag current = open_.back().tag;
    if (role == TagRole::caption || role == TagRole::column_group)
      return current == GUMBO_TAG_TABLE && push(tag, name);
    if (role == TagRole::column) return current == GUMBO_TAG_COLGROUP && add_node(tag, {});
    if (table == 0) return true;
    std::size_t kept = table;
    const auto keep_one_more = [&](TagRole wanted) {
      if (kept + 1 < open_.size() && role_of(open_[kept + 1].tag) == wanted) ++kept;
    };
    if (role != TagRole::row_group) keep_one_more(TagRole::row_group);
    if (role == TagRole::cell && kept > table) keep_one_more(TagRole::row);
    if (!pop_above(kept)) return false;
    if (role != TagRole::row_group && kept == table && !push(GUMBO_TAG_TBODY, "tbody")) return false;
    if (role == TagRole::cell && open_.back().tag != GUMBO_TAG_TR && !push(GUMBO_TAG_TR, "tr")) return false;
    return push(tag, name);
  }

  // ---- open elements: `open_[0]` is none, so that 0 means "not found" ----

  static bool is_table_part(GumboTag tag) {
    const TagRole role = role_of(tag);
    return role == TagRole::table || role == TagRole::row_group || role == TagRole::row ||
           role == TagRole::column_group;
  }

  static bool is_table_role(TagRole role) { return role >= TagRole::table; }

  bool may_stand_in_table(GumboTag tag) const {
    if (open_.back().tag == GUMBO_TAG_COLGROUP) return tag == GUMBO_TAG_COL;
    const bool is_part = is_table_role(role_of(tag)) && tag != GUMBO_TAG_TABLE;
    return is_part || tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE;
  }

  static bool bounds_scope(GumboTag tag) {
    return tag == GUMBO_TAG_TABLE || tag == GUMBO_TAG_CAPTION || tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH;
  }

  static bool may_lack_its_end_tag(GumboTag tag) {
    const TagRole role = role_of(tag);
    return tag == GUMBO_TAG_P || role == TagRole::list_item || role == TagRole::description_item ||
           role == TagRole::row_group || role == TagRole::row || role == TagRole::cell;
  }

  static bool is_special(GumboTag tag) {
    const TagRole role = role_of(tag);
    return role != TagRole::formatting && role != TagRole::phrase;
  }

  bool is_open(GumboTag tag) const {
    return std::any_of(open_.begin(), open_.end(), [&](const OpenElement& open) { return open.tag == tag; });
  }

  std::size_t found_in_scope(GumboTag tag) const {
    for (std::size_t i = open_.size() - 1; i > 0; --i) {
      if (open_[i].tag == tag) return i;
      if (bounds_scope(open_[i].tag)) return 0;
    }
    return 0;
  }

  std::size_t found_in_list_scope() const {
    for (std::size_t i = open_.size() - 1; i > 0; --i) {
      const GumboTag tag = open_[i].tag;
      if (tag == GUMBO_TAG_LI) return i;
      if (bounds_scope(tag) || tag == GUMBO_TAG_OL || tag == GUMBO_TAG_UL) return 0;
    }
    return 0;
  }

  std::size_t found_in_table_scope(GumboTag tag) const {
    for (std::size_t i = open_.size() - 1; i > 0; --i) {
      if (open_[i].tag == tag) return i;
      if (open_[i].tag == GUMBO_TAG_TABLE) return 0;
    }
    return 0;
  }

  bool close_paragraph() { return close(found_in_scope(GUMBO_TAG_P)); }

  bool close_item(std::array<GumboTag, 2> tags) {
    for (std::size_t i = open_.size() - 1; i > 0; --i) {
      const GumboTag tag = open_[i].tag;
      if (tag == tags[0] || tag == tags[1]) return close(i);
      if (is_special(tag) && tag != GUMBO_TAG_ADDRESS && tag != GUMBO_TAG_DIV && tag != GUMBO_TAG_P) break;
    }
    return true;
  }

  // An end tag of what is not open is passed over.
  bool close(std::size_t index) {
    if (index == 0) return true;
    if (!pop_above(index)) return false;
    pop();
    return true;
  }

  bool pop_above(std::size_t index) {
    while (open_.size() > index + 1) {
      if (!may_lack_its_end_tag(open_.back().tag)) return false;
      pop();
    }
    return true;
  }

  void pop() {
    if (role_of(open_.back().tag) == TagRole::preformatted) --open_preformatted_;
    nodes_[open_.back().node].end = static_cast<Index>(nodes_.size());
    open_.pop_back();
  }

  bool push(GumboTag tag, std::string_view name) {
    open_.push_back({static_cast<Index>(nodes_.size()), tag, name});
    nodes_.push_back({open_[open_.size() - 2].node, 0, nullptr, tag, {}});
    return open_.size() <= most_open_elements;
  }

  bool add_node(GumboTag tag, std::string_view text) {
    const auto end = static_cast<Index>(nodes_.size() + 1);
    nodes_.push_back({open_.back().node, end, nullptr, tag, text});
    return true;
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::unique_ptr<char[]> characters_;
  std::size_t used_characters_ = 0;
  std::vector<PageTree::Node> nodes_;
  std::vector<OpenElement> open_;
  int open_preformatted_ = 0;
};

}  // namespace

std::optional<PlainHtml> parse_plain_html(std::string_view html) {
  return Parser{html}.run();
}

}  // namespace stubkeeper::crawler
