#include "crawler/html/nesting.h"

#include <gumbo.h>

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <vector>

#include "base/text/ascii.h"
#include "crawler/html/tag_roles.h"
#include "crawler/html/tag_syntax.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t most_levels = 256;
constexpr std::size_t most_attributes = 200;
// Formatting elements that stay open are made anew in every following block.
constexpr int most_open_formatting = 40;
constexpr std::size_t most_made_anew = 100'000;

// An element's name: its tag, or beyond all tags a hash of a name that HTML does not know.
using Name = std::size_t;

Name name_of(std::string_view text) {
  const GumboTag tag = gumbo_tagn_enum(text.data(), static_cast<unsigned int>(text.size()));
  if (tag != GUMBO_TAG_UNKNOWN) return static_cast<Name>(tag);
  constexpr Name beyond_all_tags = 1'000;
  return beyond_all_tags + std::hash<std::string>{}(ascii_lower(text)) / 2;
}

GumboTag tag_of(Name name) {
  return name < static_cast<Name>(GUMBO_TAG_LAST) ? static_cast<GumboTag>(name) : GUMBO_TAG_UNKNOWN;
}

// Elements without an end tag, or whose end is implied by the next of their kind, so that they do not nest by
// themselves.
bool nests_nothing(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_AREA:
    case GUMBO_TAG_BASE:
    case GUMBO_TAG_BR:
    case GUMBO_TAG_COL:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_INPUT:
    case GUMBO_TAG_LINK:
    case GUMBO_TAG_META:
    case GUMBO_TAG_PARAM:
    case GUMBO_TAG_SOURCE:
    case GUMBO_TAG_TRACK:
    case GUMBO_TAG_WBR:
    case GUMBO_TAG_P:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_OPTGROUP:
    case GUMBO_TAG_HTML:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_COLGROUP:
      return true;
    default:
      return false;
  }
}

// But <a>, of which the parser keeps one.
bool is_formatting(GumboTag tag) {
  return tag == GUMBO_TAG_NOBR || (tag != GUMBO_TAG_A && role_of(tag) == TagRole::formatting);
}

// What stands in a line of text and neither begins nor ends a block.
bool is_inline(GumboTag tag) {
  const TagRole role = role_of(tag);
  return is_formatting(tag) || role == TagRole::formatting || role == TagRole::phrase ||
         role == TagRole::empty;
}

// Elements whose content is text up to their end tag.
bool holds_raw_text(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_TEXTAREA:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_XMP:
    case GUMBO_TAG_NOFRAMES:
    case GUMBO_TAG_NOEMBED:
    case GUMBO_TAG_IFRAME:
      return true;
    default:
      return false;
  }
}

class Limiter {
 public:
  explicit Limiter(std::string_view html) : html_(html) {}

  std::string run() {
    out_.reserve(html_.size());
    while (at_ < html_.size()) {
      const std::size_t open = std::min(html_.find('<', at_), html_.size());
      keep(open);
      if (open == html_.size()) break;
      if (html_.substr(at_).starts_with("<!--")) {
        keep(end_of_comment());
      } else {
        tag();
      }
    }
    return std::move(out_);
  }

 private:
  void keep(std::size_t end) {
    out_.append(html_, at_, end - at_);
    at_ = end;
  }

  std::size_t end_of_comment() const {
    const std::size_t end = html_.find("-->", at_ + 2);
    return end == std::string_view::npos ? html_.size() : end + 3;
  }

  void tag() {
    const bool closes = html_.substr(at_).starts_with("</");
    const std::size_t begin = at_ + (closes ? 2 : 1);
    if (begin >= html_.size() || !is_ascii_letter(html_[begin])) return keep(at_ + 1);
    const std::size_t end = end_of_tag_name(html_, begin);
    const std::string_view text = html_.substr(begin, end - begin);
    const Name name = name_of(text);
    const GumboTag tag = tag_of(name);
    if (!is_inline(tag)) meet_end_of_block();
    const std::size_t tag_out = out_.size();
    scan_attributes(end);
    const bool wanted = closes ? close(name) : open(name);
    if (!wanted) {
      out_.resize(tag_out);
      // Words on both sides of a tag are two words, unless it only changes their looks.
      if (!is_formatting(tag)) out_ += ' ';
    }
    if (!closes && wanted && holds_raw_text(tag)) skip_raw_text(text);
  }

  // Copies the tag up to its '>' and leaves out attributes past the most that are kept.
  void scan_attributes(std::size_t name_end) {
    keep(name_end);
    std::size_t attributes = 0;
    while (at_ < html_.size() && html_[at_] != '>') {
      if (is_ascii_space(html_[at_]) || html_[at_] == '/') {
        keep(at_ + 1);
        continue;
      }
      const std::size_t end = end_of_attribute(html_, at_);
      if (++attributes <= most_attributes) {
        keep(end);
      } else {
        at_ = end;
      }
    }
    if (at_ < html_.size()) keep(at_ + 1);
  }

  // All formatting that is still open may be made anew behind it.
  void meet_end_of_block() {
    if (formatting_is_over_) return;
    made_anew_ += open_formatting_;
    if (made_anew_ <= most_made_anew) return;
    formatting_is_over_ = true;
    for (auto& [name, count] : counts_) {
      for (; count.formatting > 0; --count.formatting)
        out_ += std::string{"</"} + gumbo_normalized_tagname(tag_of(name)) + '>';
    }
  }

  static bool nests(GumboTag tag) { return !nests_nothing(tag) && !holds_raw_text(tag); }

  bool open(Name name) {
    const GumboTag tag = tag_of(name);
    if (!nests(tag)) return true;
    Count& count = counts_[name];
    const bool too_many =
        is_formatting(tag) && (formatting_is_over_ || count.formatting >= most_open_formatting);
    if (levels_.size() >= most_levels || too_many) {
      ++count.left_out;
      return false;
    }
    if (is_formatting(tag)) {
      ++count.formatting;
      ++open_formatting_;
    }
    ++count.levels;
    levels_.push_back(name);
    return true;
  }

  bool close(Name name) {
    const GumboTag tag = tag_of(name);
    if (!nests(tag)) return true;
    Count& count = counts_[name];
    if (count.left_out > 0) {
      --count.left_out;
      return false;
    }
    if (is_formatting(tag)) {
      if (formatting_is_over_) return false;
      if (count.formatting > 0) {
        --count.formatting;
        --open_formatting_;
      }
    }
    if (count.levels == 0) return true;
    for (bool found = false; !found;) {
      found = levels_.back() == name;
      --counts_[levels_.back()].levels;
      levels_.pop_back();
    }
    return true;
  }

  void skip_raw_text(std::string_view name) {
    for (std::size_t end = at_; (end = html_.find("</", end)) != std::string_view::npos; ++end) {
      if (!starts_with_ignoring_case(html_.substr(end + 2), name)) continue;
      return keep(end);
    }
    keep(html_.size());
  }

  // Of one name.
  struct Count {
    int levels = 0;
    int left_out = 0;
    int formatting = 0;  // opened and not closed by its own end tag
  };

  std::string_view html_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<Name> levels_;
  std::unordered_map<Name, Count> counts_;
  std::size_t open_formatting_ = 0;
  std::size_t made_anew_ = 0;
  bool formatting_is_over_ = false;
};

}  // namespace

std::string limit_nesting(std::string_view html) {
  return Limiter{html}.run();
}

}  // namespace stubkeeper::crawler
