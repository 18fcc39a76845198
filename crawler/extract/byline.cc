#include "crawler/extract/byline.h"

#include <algorithm>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "crawler/extract/name_hints.h"
#include "crawler/extract/supplementary_sections.h"
#include "crawler/html/fold_text.h"
#include "crawler/html/page_tree.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

constexpr std::size_t max_byline_bytes = 160;
constexpr std::size_t max_author_bytes = 120;

// The text of a node if it is short; reading stops where it is not, so that a page of nested names
// costs no more.
std::string short_text(const PageTree& page, Index node) {
  std::size_t bytes = 0;
  for (Index i = node; i < page[node].end; ++i) {
    bytes += trim_ascii(page[i].text).size();
    if (bytes > max_byline_bytes || i - node > 60) return "";
  }
  return page.text(node);
}

// A few words of which each begins as a name's does: "Jane van der Berg", not "reading time".
bool looks_like_name(std::string_view text) {
  constexpr std::size_t min_bytes = 3;
  constexpr std::size_t max_bytes = 60;
  constexpr int max_words = 6;
  if (text.size() < min_bytes || text.size() > max_bytes) return false;
  if (std::any_of(text.begin(), text.end(), is_ascii_digit)) return false;
  int words = 0;
  std::string word;
  for (const char c : std::string{text} + ' ') {
    if (c == ' ') {
      const bool particle = word == "and" || word == "de" || word == "van" || word == "von" ||
                            word == "der" || word == "da" || word == "&" || word == "la" || word == "di";
      if (!word.empty() && !particle && !is_ascii_upper(word[0]) && is_ascii(word[0])) return false;
      words += word.empty() ? 0 : 1;
      word.clear();
    } else {
      word += c;
    }
  }
  return words <= max_words;
}

// The name in an element that is called a byline; where it goes on (a title, a date), the linked
// part of it.
std::string find_name_in_byline(const PageTree& page, Index node) {
  const std::string text = short_text(page, node);
  if (text.empty()) return "";
  for (Index i = node + 1; i < page[node].end; ++i) {
    if (page.tag(i) != GUMBO_TAG_A) continue;
    if (std::string name = clean_author(page.text(i)); looks_like_name(name)) return name;
  }
  std::string name = clean_author(text);
  // A byline often goes on with the date.
  const bool is_name = !name.empty() && name.size() < 60 && find_date(name).empty() &&
                       !std::any_of(name.begin(), name.end(), is_ascii_digit);
  return is_name ? name : "";
}

bool is_author_page_address(std::string_view address) {
  return address.find("/author/") != std::string_view::npos ||
         address.find("/authors/") != std::string_view::npos ||
         address.find("/contributor") != std::string_view::npos;
}

std::string find_linked_author_name(const PageTree& page, const std::vector<bool>& dropped) {
  for (Index i = 0; i < page.size(); ++i) {
    if (dropped[i] || page.tag(i) != GUMBO_TAG_A || !is_author_page_address(page.attribute(i, "href")))
      continue;
    if (std::string name = clean_author(short_text(page, i)); looks_like_name(name)) return name;
  }
  return "";
}

// "By Jane Doe", also with the name in the next piece of text.
std::string find_name_after_by(const PageTree& page, const std::vector<bool>& dropped) {
  bool follows_by = false;
  for (Index i = 0; i < page.size(); ++i) {
    if (dropped[i] || !page.is_text(i)) continue;
    const std::string text = fold_white_space(page[i].text.substr(0, max_byline_bytes));
    if (text.empty()) continue;
    if (follows_by) {
      if (std::string name = clean_author(text.substr(0, text.find(','))); looks_like_name(name)) return name;
      follows_by = false;
    }
    for (const std::string_view start : {"by", "by:", "written by", "written by:", "posted by", "author:"}) {
      if (equals_ignoring_case(text, start)) follows_by = true;
    }
    if (follows_by || text.size() > 100) continue;
    const bool begins = starts_with_ignoring_case(text, "by ") || starts_with_ignoring_case(text, "by: ") ||
                        starts_with_ignoring_case(text, "written by ");
    if (!begins) continue;
    const std::string name = clean_author(text.substr(0, text.find(',')));
    if (looks_like_name(name)) return name;
  }
  return "";
}

bool begins_with_published_label(std::string_view line) {
  for (const std::string_view start :
       {"published", "posted", "first published", "originally published", "date published",
        "publication date", "veröffentlicht", "publié le", "publicado", "pubblicato", "gepubliceerd"}) {
    if (!starts_with_ignoring_case(line, start)) continue;
    if (line.size() == start.size() || !is_ascii_letter(line[start.size()])) return true;
  }
  return false;
}

}  // namespace

std::string clean_author(std::string_view text) {
  std::string name = fold_white_space(text);
  for (const std::string_view start : {"written by", "posted by", "published by", "text by", "words by",
                                       "guide by", "story by", "author:", "by:", "by", "von", "par"}) {
    if (!starts_with_ignoring_case(name, start) || name.size() == start.size()) continue;
    // "byJane", where the markup kept the words apart; but "Bynum" is a name.
    const char next = name[start.size()];
    if (next == ' ' || next == ':' || (start.size() > 3 && is_ascii_upper(next))) {
      name.erase(0, start.size());
      name = std::string{trim_ascii(name)};
    }
  }
  for (const char* bar : {"|", "•", "·"}) {
    if (const std::size_t at = name.find(bar); at != std::string::npos) name.erase(at);
  }
  name = std::string{trim_ascii(name)};
  while (!name.empty() && (name.back() == ',' || name.back() == ':')) name.pop_back();
  const bool is_address =
      name.starts_with("http") || name.starts_with("@") || name.find("://") != std::string::npos;
  const bool is_generic_name = equals_ignoring_case(name, "author") || equals_ignoring_case(name, "admin");
  if (is_address || is_generic_name || name.size() > max_author_bytes) return "";
  return name;
}

std::string find_author_in_byline(const PageTree& page, const std::vector<bool>& dropped) {
  for (Index i = 0; i < page.size(); ++i) {
    if (page.is_text(i)) continue;
    const bool is_author_element = equals_ignoring_case(page.attribute(i, "rel"), "author") ||
                                   has_name_word(page, i, {"class", "id"}, {"author", "byline"});
    if (!is_author_element) continue;
    if (std::string name = find_name_in_byline(page, i); !name.empty()) return name;
  }
  if (std::string name = find_linked_author_name(page, dropped); !name.empty()) return name;
  return find_name_after_by(page, dropped);
}

std::string parse_node_date(const PageTree& page, Index node) {
  std::string date = parse_date(page.attribute(node, "datetime"));
  return date.empty() ? find_date(short_text(page, node)) : date;
}

std::string find_date_in_time_element(const PageTree& page, const std::vector<bool>& dropped) {
  Index list_end = 0;
  int news_level = 0;  // of the heading of a list of news; 0 outside of one
  for (Index i = 0; i < page.size(); ++i) {
    if (page.is_text(i) || dropped[i]) continue;
    if (const int level = heading_level(page.tag(i)); level > 0 && (news_level == 0 || level <= news_level))
      news_level = is_news_heading(short_text(page, i)) ? level : 0;
    if (news_level > 0) continue;
    if (page.tag(i) == GUMBO_TAG_UL || page.tag(i) == GUMBO_TAG_OL)
      list_end = std::max(list_end, page[i].end);
    if (page.tag(i) != GUMBO_TAG_TIME || i < list_end) continue;
    std::string date = parse_date(page.attribute(i, "datetime"));
    if (date.empty()) date = parse_date(short_text(page, i));
    if (!date.empty()) return date;
  }
  return "";
}

std::string find_date_in_address(std::string_view address) {
  const std::string_view path = address.substr(0, address.find_first_of("?#"));
  for (std::size_t at = path.find_first_of("/-_"); at != std::string_view::npos;
       at = path.find_first_of("/-_", at + 1)) {
    const std::string_view rest = path.substr(at + 1);
    if (rest.size() < 7 || !is_all_digits(rest.substr(0, 4)) || (rest[4] != '/' && rest[4] != '-')) continue;
    if (!rest.starts_with("19") && !rest.starts_with("20")) continue;
    if (!is_all_digits(rest.substr(5, 2))) continue;
    const std::string month = std::string{rest.substr(0, 4)} + '-' + std::string{rest.substr(5, 2)};
    if (rest.size() >= 10 && rest[7] == rest[4] && is_all_digits(rest.substr(8, 2)) &&
        (rest.size() == 10 || !is_ascii_digit(rest[10]))) {
      if (std::string day = parse_date(month + '-' + std::string{rest.substr(8, 2)}); !day.empty())
        return day;
    }
    if (rest.size() == 7 || rest[7] == '/') {
      if (std::string known = parse_date(month); !known.empty()) return known;
    }
  }
  return "";
}

std::string find_date_below_title(const PageTree& page) {
  constexpr std::size_t max_bytes_after_heading = 500;
  constexpr std::size_t max_line_bytes = 100;
  Index heading = page.find(GUMBO_TAG_H1);
  if (heading == page.size()) return "";
  std::size_t bytes_after = 0;
  Index line_end = 0;
  for (Index i = page[heading].end; i < page.size() && bytes_after < max_bytes_after_heading; ++i) {
    if (!page.is_text(i)) {
      // The days of a list of news are not the page's.
      if (heading_level(page.tag(i)) > 0 && is_news_heading(short_text(page, i))) return "";
      if (is_non_text_element(page.tag(i))) i = page[i].end - 1;
      if (page.tag(i) == GUMBO_TAG_TIME) {
        if (std::string date = parse_date(page.attribute(i, "datetime")); !date.empty()) return date;
      }
      continue;
    }
    const std::string_view text = trim_ascii(page[i].text);
    if (text.empty()) continue;
    bytes_after += text.size();
    if (i < line_end || text.size() > max_line_bytes) continue;
    // A date is often cut into several pieces by its markup: the whole small element is read.
    const Index parent = page[i].parent;
    line_end = page[parent].end;
    std::string line = short_text(page, parent);
    if (line.empty() || line.size() > max_line_bytes) line = std::string{text};
    const std::string date = find_date(line);
    if (date.size() >= iso_day_bytes) return date;
  }
  return "";
}

std::string find_publication_date(const PageTree& page) {
  // More is a sentence.
  constexpr std::size_t max_line_bytes = 70;
  std::string publication_date;
  for (Index i = 0; i < page.size(); ++i) {
    if (!page.is_text(i)) {
      if (is_non_text_element(page.tag(i))) i = page[i].end - 1;
      continue;
    }
    if (page[i].text.size() > max_byline_bytes) continue;
    const std::string line = fold_white_space(page[i].text);
    if (line.size() > max_line_bytes || !begins_with_published_label(line)) continue;
    std::string date = find_date(line);
    // The date often has an element of its own.
    if (date.size() < iso_day_bytes) date = find_date(short_text(page, page[i].parent));
    if (date.size() < iso_day_bytes) continue;
    date.resize(std::min(date.size(), iso_day_bytes));
    if (!publication_date.empty() && publication_date != date) return "";
    publication_date = std::move(date);
  }
  return publication_date;
}

std::string find_date_after_author(const PageTree& page, const std::vector<bool>& dropped) {
  for (Index i = 0; i < page.size(); ++i) {
    if (dropped[i] || page.tag(i) != GUMBO_TAG_A || !is_author_page_address(page.attribute(i, "href")))
      continue;
    for (Index next = page[i].end; next < page.size(); ++next) {
      if (!page.is_text(next) || trim_ascii(page[next].text).empty()) continue;
      if (std::string date = parse_date(trim_ascii(page[next].text)); date.size() >= iso_day_bytes)
        return date;
      break;
    }
  }
  return "";
}

std::string find_date_in_byline(const PageTree& page, const std::vector<bool>& dropped) {
  for (Index i = 0; i < page.size(); ++i) {
    if (page.is_text(i) || dropped[i]) continue;
    if (!has_name_word(
            page, i, {"class", "id"},
            {"date", "published", "pubdate", "byline", "timestamp", "posted", "dateline", "meta", "author"}))
      continue;
    if (std::string date = find_date(short_text(page, i)); !date.empty()) return date;
  }
  return "";
}

}  // namespace stubkeeper::crawler
