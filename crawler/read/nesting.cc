#include "crawler/read/nesting.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <vector>

#include "crawler/read/tag_syntax.h"
#include "schema/base/ascii.h"

namespace stubkeeper::crawler {
namespace {

constexpr std::size_t most_levels = 400;
constexpr std::size_t most_attributes = 200;
// Formatting elements that stay open are made anew in every following paragraph.
constexpr int most_open_formatting = 40;

template <std::size_t n>
bool is_one_of(std::string_view name, const std::array<std::string_view, n>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Elements without an end tag, or whose end is implied by the next of their kind, so that they do not nest by
// themselves.
bool nests_nothing(std::string_view name) {
  constexpr std::array<std::string_view, 30> names{
      "area",  "base",   "br",    "col",   "embed",  "hr",       "img",  "input", "link", "meta",
      "param", "source", "track", "wbr",   "p",      "li",       "dt",   "dd",    "tr",   "td",
      "th",    "tbody",  "thead", "tfoot", "option", "optgroup", "html", "head",  "body", "colgroup"};
  return is_one_of(name, names);
}

bool is_formatting(std::string_view name) {
  constexpr std::array<std::string_view, 13> names{"b", "big",   "code",   "em",     "font", "i", "nobr",
                                                   "s", "small", "strike", "strong", "tt",   "u"};
  return is_one_of(name, names);
}

// Elements whose content is text up to their end tag.
bool holds_raw_text(std::string_view name) {
  constexpr std::array<std::string_view, 8> names{"script", "style",    "textarea", "title",
                                                  "xmp",    "noframes", "noembed",  "iframe"};
  return is_one_of(name, names);
}

class Limiter {
 public:
  explicit Limiter(std::string_view html) : html_(html) {}

  std::string run() {
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
    std::size_t name_end = at_ + (closes ? 2 : 1);
    if (name_end >= html_.size() || !is_ascii_letter(html_[name_end])) return keep(at_ + 1);
    const std::size_t name_begin = name_end;
    name_end = end_of_tag_name(html_, name_end);
    const std::string name =
        ascii_lower(html_.substr(name_begin, std::min<std::size_t>(name_end - name_begin, 100)));
    const std::size_t tag_begin = at_;
    const std::size_t tag_out = out_.size();
    scan_attributes(name_end);
    const bool wanted = closes ? close(name) : open(name);
    if (!wanted) {
      out_.resize(tag_out);
      // Words on both sides of a tag are two words.
      out_ += ' ';
    }
    if (!closes && wanted && holds_raw_text(name) && at_ > tag_begin) skip_raw_text(name);
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

  bool open(const std::string& name) {
    if (nests_nothing(name)) return true;
    int& formatting = open_formatting_[is_formatting(name) ? name : ""];
    const bool too_many = is_formatting(name) && formatting >= most_open_formatting;
    if (levels_.size() >= most_levels || too_many) {
      ++left_out_[name];
      return false;
    }
    if (is_formatting(name)) ++formatting;
    levels_.push_back(name);
    return true;
  }

  bool close(const std::string& name) {
    if (nests_nothing(name)) return true;
    if (const auto found = left_out_.find(name); found != left_out_.end() && found->second > 0) {
      --found->second;
      return false;
    }
    if (is_formatting(name)) {
      int& formatting = open_formatting_[name];
      formatting = std::max(0, formatting - 1);
    }
    const auto level = std::find(levels_.rbegin(), levels_.rend(), name);
    if (level != levels_.rend()) levels_.erase(std::prev(level.base()), levels_.end());
    return true;
  }

  void skip_raw_text(const std::string& name) {
    for (std::size_t end = at_; (end = html_.find("</", end)) != std::string_view::npos; ++end) {
      if (!starts_with_ignoring_case(html_.substr(end + 2), name)) continue;
      return keep(end);
    }
    keep(html_.size());
  }

  std::string_view html_;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<std::string> levels_;
  std::unordered_map<std::string, int> left_out_;
  std::unordered_map<std::string, int> open_formatting_;
};

}  // namespace

std::string limit_nesting(std::string_view html) {
  return Limiter{html}.run();
}

}  // namespace stubkeeper::crawler
