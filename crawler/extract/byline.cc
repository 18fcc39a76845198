#include "crawler/extract/byline.h"

#include <algorithm>
#include <initializer_list>

#include "base/text/ascii.h"
#include "crawler/dates.h"
#include "crawler/extract/name_hints.h"
#include "crawler/html/tags.h"
#include "crawler/html/white_space.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

constexpr std::size_t most_bytes_of_a_byline = 160;
constexpr std::size_t most_bytes_of_an_author = 120;
constexpr std::size_t bytes_of_a_day = 10;

bool is_named(const PageTree& page, Index node, std::initializer_list<std::string_view> words) {
  for (const char* key : {"class", "id"}) {
    for (const std::string& word : words_of_name(page.attribute(node, key))) {
      if (std::find(words.begin(), words.end(), word) != words.end()) return true;
    }
  }
  return false;
}

// The text of a node if it is short; reading stops where it is not, so that a page of nested names costs no
// more.
std::string short_text(const PageTree& page, Index node) {
  std::size_t bytes = 0;
  for (Index i = node; i < page[node].end; ++i) {
    bytes += trim_ascii(page[i].text).size();
    if (bytes > most_bytes_of_a_byline || i - node > 60) return "";
  }
  return page.text(node);
}

// A few words of which each begins as a name's does: "Jane van der Berg", not "reading time".
bool looks_like_name(std::string_view text) {
  constexpr std::size_t least_bytes = 3;
  constexpr std::size_t most_bytes = 60;
  constexpr int most_words = 6;
  if (text.size() < least_bytes || text.size() > most_bytes) return false;
  if (std::any_of(text.begin(), text.end(), is_ascii_digit)) return false;
  int words = 0;
  std::string word;
  for (const char c : std::string{text} + ' ') {
    if (c == ' ') {
      const bool particle = word == "and" || word == "de" || word == "van" || word == "von" ||
                            word == "der" || word == "da" || word == "&" || word == "la" || word == "di";
      if (!word.empty() && !particle && !is_ascii_upper(word[0]) &&
          static_cast<unsigned char>(word[0]) < 0x80)
        return false;
      words += word.empty() ? 0 : 1;
      word.clear();
    } else {
      word += c;
    }
  }
  return words <= most_words;
}

// The name in an element that is called a byline; where it goes on (a title, a date), the linked part of it.
std::string name_in_byline(const PageTree& page, Index node) {
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

bool leads_to_an_author(std::string_view address) {
  return address.find("/author/") != std::string_view::npos ||
         address.find("/authors/") != std::string_view::npos ||
         address.find("/contributor") != std::string_view::npos;
}

std::string name_linked_to_its_page(const PageTree& page, const std::vector<bool>& dropped) {
  for (Index i = 0; i < page.size(); ++i) {
    if (dropped[i]) {
      i = page[i].end - 1;
      continue;
    }
    if (page.tag(i) != GUMBO_TAG_A || !leads_to_an_author(page.attribute(i, "href"))) continue;
    if (std::string name = clean_author(short_text(page, i)); looks_like_name(name)) return name;
  }
  return "";
}

// "By Jane Doe", also with the name in the next piece of text.
std::string name_after_by(const PageTree& page, const std::vector<bool>& dropped) {
  bool said_by = false;
  for (Index i = 0; i < page.size(); ++i) {
    if (dropped[i]) {
      i = page[i].end - 1;
      continue;
    }
    if (!page.is_text(i)) continue;
    const std::string text = fold_white_space(page[i].text.substr(0, most_bytes_of_a_byline));
    if (text.empty()) continue;
    if (said_by) {
      if (std::string name = clean_author(text.substr(0, text.find(','))); looks_like_name(name)) return name;
      said_by = false;
    }
    for (const std::string_view start : {"by", "by:", "written by", "written by:", "posted by", "author:"}) {
      if (equals_ignoring_case(text, start)) said_by = true;
    }
    if (said_by || text.size() > 100) continue;
    const bool begins = starts_with_ignoring_case(text, "by ") || starts_with_ignoring_case(text, "by: ") ||
                        starts_with_ignoring_case(text, "written by ");
    if (!begins) continue;
    const std::string name = clean_author(text.substr(0, text.find(',')));
    if (looks_like_name(name)) return name;
  }
  return "";
}

bool says_when_it_was_published(std::string_view line) {
  for (const std::string_view start :
       {"published", "posted", "first published", "originally published", "date published",
        "publication date", "veröffentlicht", "publié le", "publicado", "pubblicato", "gepubliceerd"}) {
    if (!starts_with_ignoring_case(line, start)) continue;
    if (line.size() == start.size() || !is_ascii_letter(line[start.size()])) return true;
  }
  return false;
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_ascii_digit);
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
  const bool is_word_for_it = equals_ignoring_case(name, "author") || equals_ignoring_case(name, "admin");
  if (is_address || is_word_for_it || name.size() > most_bytes_of_an_author) return "";
  return name;
}

std::string author_in_byline(const PageTree& page, const std::vector<bool>& dropped) {
  for (Index i = 0; i < page.size(); ++i) {
    if (page.is_text(i)) continue;
    const bool says_author =
        equals_ignoring_case(page.attribute(i, "rel"), "author") || is_named(page, i, {"author", "byline"});
    if (!says_author) continue;
    if (std::string name = name_in_byline(page, i); !name.empty()) return name;
  }
  if (std::string name = name_linked_to_its_page(page, dropped); !name.empty()) return name;
  return name_after_by(page, dropped);
}

std::string date_of_node(const PageTree& page, Index node) {
  std::string date = parse_date(page.attribute(node, "datetime"));
  return date.empty() ? find_date(short_text(page, node)) : date;
}

std::string date_of_time_element(const PageTree& page, const std::vector<bool>& dropped) {
  Index list_end = 0;
  for (Index i = 0; i < page.size(); ++i) {
    if (page.is_text(i)) continue;
    if (dropped[i]) {
      i = page[i].end - 1;
      continue;
    }
    if (page.tag(i) == GUMBO_TAG_UL || page.tag(i) == GUMBO_TAG_OL)
      list_end = std::max(list_end, page[i].end);
    if (page.tag(i) != GUMBO_TAG_TIME || i < list_end) continue;
    std::string date = parse_date(page.attribute(i, "datetime"));
    if (date.empty()) date = parse_date(short_text(page, i));
    if (!date.empty()) return date;
  }
  return "";
}

std::string date_in_address(std::string_view address) {
  const std::string_view path = address.substr(0, address.find_first_of("?#"));
  for (std::size_t at = path.find_first_of("/-_"); at != std::string_view::npos;
       at = path.find_first_of("/-_", at + 1)) {
    const std::string_view rest = path.substr(at + 1);
    if (rest.size() < 7 || !all_digits(rest.substr(0, 4)) || (rest[4] != '/' && rest[4] != '-')) continue;
    if (!rest.starts_with("19") && !rest.starts_with("20")) continue;
    if (!all_digits(rest.substr(5, 2))) continue;
    const std::string month = std::string{rest.substr(0, 4)} + '-' + std::string{rest.substr(5, 2)};
    if (rest.size() >= 10 && rest[7] == rest[4] && all_digits(rest.substr(8, 2)) &&
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

std::string date_below_title(const PageTree& page) {
  constexpr std::size_t most_bytes_behind = 500;
  constexpr std::size_t most_bytes_of_a_line = 100;
  Index heading = page.find(GUMBO_TAG_H1);
  if (heading == page.size()) return "";
  std::size_t behind = 0;
  Index line_end = 0;
  for (Index i = page[heading].end; i < page.size() && behind < most_bytes_behind; ++i) {
    if (!page.is_text(i)) {
      if (is_no_text(page.tag(i))) i = page[i].end - 1;
      if (page.tag(i) == GUMBO_TAG_TIME) {
        if (std::string date = parse_date(page.attribute(i, "datetime")); !date.empty()) return date;
      }
      continue;
    }
    const std::string_view text = trim_ascii(page[i].text);
    if (text.empty()) continue;
    behind += text.size();
    if (i < line_end || text.size() > most_bytes_of_a_line) continue;
    // A date is often cut into several pieces by its markup: the whole small element is read.
    const Index parent = page[i].parent;
    line_end = page[parent].end;
    std::string line = short_text(page, parent);
    if (line.empty() || line.size() > most_bytes_of_a_line) line = std::string{text};
    const std::string date = find_date(line);
    if (date.size() >= bytes_of_a_day) return date;
  }
  return "";
}

std::string date_said_of_publication(const PageTree& page) {
  // More is a sentence.
  constexpr std::size_t most_bytes_of_a_line = 70;
  std::string said;
  for (Index i = 0; i < page.size(); ++i) {
    if (!page.is_text(i)) {
      if (is_no_text(page.tag(i))) i = page[i].end - 1;
      continue;
    }
    if (page[i].text.size() > most_bytes_of_a_byline) continue;
    const std::string line = fold_white_space(page[i].text);
    if (line.size() > most_bytes_of_a_line || !says_when_it_was_published(line)) continue;
    std::string date = find_date(line);
    // The date often stands in an element of its own.
    if (date.size() < bytes_of_a_day) date = find_date(short_text(page, page[i].parent));
    if (date.size() < bytes_of_a_day) continue;
    date.resize(std::min(date.size(), bytes_of_a_day));
    if (!said.empty() && said != date) return "";
    said = std::move(date);
  }
  return said;
}

std::string date_behind_author(const PageTree& page, const std::vector<bool>& dropped) {
  for (Index i = 0; i < page.size(); ++i) {
    if (dropped[i]) {
      i = page[i].end - 1;
      continue;
    }
    if (page.tag(i) != GUMBO_TAG_A || !leads_to_an_author(page.attribute(i, "href"))) continue;
    for (Index next = page[i].end; next < page.size(); ++next) {
      if (!page.is_text(next) || trim_ascii(page[next].text).empty()) continue;
      if (std::string date = parse_date(trim_ascii(page[next].text)); date.size() >= bytes_of_a_day)
        return date;
      break;
    }
  }
  return "";
}

std::string date_in_byline(const PageTree& page, const std::vector<bool>& dropped) {
  for (Index i = 0; i < page.size(); ++i) {
    if (page.is_text(i)) continue;
    if (dropped[i]) {
      i = page[i].end - 1;
      continue;
    }
    if (!is_named(
            page, i,
            {"date", "published", "pubdate", "byline", "timestamp", "posted", "dateline", "meta", "author"}))
      continue;
    if (std::string date = find_date(short_text(page, i)); !date.empty()) return date;
  }
  return "";
}

}  // namespace stubkeeper::crawler
