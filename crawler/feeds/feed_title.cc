#include <algorithm>
#include <array>

#include "base/text/ascii.h"
#include "base/text/strings.h"
#include "crawler/extract/blocks.h"
#include "crawler/feeds/feed_elements.h"
#include "crawler/feeds/xml_tag.h"
#include "crawler/html/fold_text.h"

namespace stubkeeper::crawler {
namespace {

// Elements of HTML without an end, and those that mark text up where they have one.
constexpr std::array<std::string_view, 3> void_elements{"br", "img", "wbr"};
constexpr std::array<std::string_view, 42> markup_elements{
    "a",    "abbr", "acronym", "b",  "bdi", "bdo",    "big", "center", "cite", "code", "del",
    "div",  "em",   "font",    "h1", "h2",  "h3",     "h4",  "h5",     "h6",   "i",    "ins",
    "kbd",  "mark", "nobr",    "p",  "q",   "rp",     "rt",  "ruby",   "s",    "samp", "small",
    "span", "sub",  "sup",     "tt", "u",   "strike", "var", "strong", "time"};

// Tells a title's tags from names between angle brackets.
class TitleMarkup {
 public:
  explicit TitleMarkup(std::string_view html) : html_(html), folded_(ascii_lower(html)) {}

  // With "&lt;" for each "<" that is text.
  std::string escape_text() const {
    std::string escaped;
    std::size_t at = 0;
    while (at < html_.size()) {
      const std::size_t next = std::min(html_.find('<', at), html_.size());
      escaped += html_.substr(at, next - at);
      if (next == html_.size()) break;
      const std::size_t end = end_of_markup(next);
      escaped += end == 0 ? "&lt;" : html_.substr(next, end - next);
      at = end == 0 ? next + 1 : end;
    }
    return escaped;
  }

 private:
  // Behind the tag or comment that begins here; 0 where none does.
  std::size_t end_of_markup(std::size_t begin) const {
    if (html_.substr(begin).starts_with("<!--")) {
      const std::size_t end = html_.find("-->", begin);
      return end == std::string_view::npos ? 0 : end + 3;
    }
    if (html_.substr(begin).starts_with("</")) {
      const std::string_view name = read_xml_name(folded_, begin + 2);
      const bool is_end = begin + 2 + name.size() < html_.size() && html_[begin + 2 + name.size()] == '>';
      return is_end && contains(markup_elements, name) && has_start_before(name, begin)
                 ? begin + 3 + name.size()
                 : 0;
    }
    const auto tag = read_xml_tag(html_, begin);
    if (!tag) return 0;
    const std::string name = ascii_lower(tag->name);
    const bool is_markup =
        contains(void_elements, name) ||
        (contains(markup_elements, name) && folded_.find("</" + name + ">", tag->end) != std::string::npos);
    return is_markup ? tag->end : 0;
  }

  bool has_start_before(std::string_view name, std::size_t end) const {
    const std::string start = "<" + std::string{name};
    return std::string_view{folded_}.substr(0, end).rfind(start) != std::string_view::npos;
  }

  std::string_view html_;
  std::string folded_;
};

}  // namespace

std::string title_to_line(const xmlNode* element) {
  if (element == nullptr) return "";
  const std::string html =
      xmlChildElementCount(const_cast<xmlNode*>(element)) > 0 ? inner_xml(element) : text_content(element);
  constexpr std::size_t max_title_bytes = 4'000;
  if (html.find('<') == std::string::npos || html.size() > max_title_bytes)
    return fold_white_space(html_to_text(html));
  return fold_white_space(html_to_text(TitleMarkup{html}.escape_text()));
}

}  // namespace stubkeeper::crawler
