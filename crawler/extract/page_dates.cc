#include "crawler/extract/page_dates.h"

#include <algorithm>
#include <utility>

#include "base/text/ascii.h"
#include "base/text/dates.h"
#include "base/text/strings.h"
#include "crawler/extract/byline.h"
#include "crawler/extract/name_hints.h"
#include "crawler/extract/section_headings.h"
#include "crawler/html/fold_text.h"

namespace stubkeeper::crawler {
namespace {

using Index = PageTree::Index;

constexpr std::size_t max_line_bytes = 100;

// Keeps the first day of each kind; whether one of publication is known.
bool keep_first(LineDates& kept, LineDates found) {
  if (kept.published.empty()) kept.published = std::move(found.published);
  if (kept.modified.empty()) kept.modified = std::move(found.modified);
  if (kept.unlabelled.empty()) kept.unlabelled = std::move(found.unlabelled);
  return !kept.publication().empty();
}

bool is_named_for_other_day(const PageTree& page, Index node) {
  return has_name_word(page, node, {"class", "id"},
                       {"event", "deadline", "birth", "birthday", "born", "expiry"});
}

// The element around a node that begins and ends a line.
Index find_line(const PageTree& page, Index node) {
  Index line = page[node].parent;
  while (line != 0 && !is_block(page.tag(line))) line = page[line].parent;
  return line;
}

std::string text_between(const PageTree& page, Index begin, Index end) {
  constexpr Index max_nodes = 40;
  std::string text;
  for (Index i = begin + std::max(end - begin, max_nodes) - max_nodes; i < end; ++i) {
    const bool is_code =
        page.tag(page[i].parent) == GUMBO_TAG_SCRIPT || page.tag(page[i].parent) == GUMBO_TAG_STYLE;
    if (page.is_text(i) && !is_code) text.append(page[i].text) += ' ';
  }
  return fold_white_space(text);
}

LineDates read_time_element(const PageTree& page, Index time) {
  std::string date = parse_date(page.attribute(time, "datetime"));
  if (date.empty()) date = parse_date(short_text(page, time));
  const Index line = find_line(page, time);
  if (date.empty() || is_named_for_other_day(page, time) || is_named_for_other_day(page, line)) return {};
  const GumboTag tag = page.tag(line);
  const bool is_paragraph = tag == GUMBO_TAG_P || tag == GUMBO_TAG_LI || tag == GUMBO_TAG_BLOCKQUOTE;
  const bool is_long = short_text(page, line).empty();
  return read_marked_date(date, text_between(page, line, time),
                          text_between(page, page[time].end, page[line].end), is_paragraph && is_long);
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

std::string parse_node_date(const PageTree& page, Index node) {
  std::string date = parse_date(page.attribute(node, "datetime"));
  return date.empty() ? find_date(short_text(page, node)) : date;
}

LineDates find_dates_in_time_elements(const PageView& view) {
  const PageTree& page = view.page;
  LineDates dates;
  Index list_end = 0;
  int news_level = 0;  // of the heading of a list of news; 0 outside of one
  for (Index i = 0; i < page.size(); ++i) {
    if (page.is_text(i) || view.dropped[i] || view.others[i]) continue;
    if (const int level = heading_level(page.tag(i)); level > 0 && (news_level == 0 || level <= news_level))
      news_level = is_news_heading(short_text(page, i)) ? level : 0;
    if (news_level > 0) continue;
    if (page.tag(i) == GUMBO_TAG_UL || page.tag(i) == GUMBO_TAG_OL)
      list_end = std::max(list_end, page[i].end);
    if (page.tag(i) != GUMBO_TAG_TIME || i < list_end) continue;
    if (keep_first(dates, read_time_element(page, i))) break;
  }
  return dates;
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

LineDates find_dates_below_title(const PageView& view) {
  constexpr std::size_t max_bytes_after_heading = 500;
  const PageTree& page = view.page;
  LineDates dates;
  const Index heading = page.find(GUMBO_TAG_H1);
  if (heading == page.size()) return dates;
  std::size_t bytes_after = 0;
  Index line_end = 0;
  for (Index i = page[heading].end; i < page.size() && bytes_after < max_bytes_after_heading; ++i) {
    if (view.others[i]) continue;
    if (!page.is_text(i)) {
      // The days of a list of news are not the page's.
      if (heading_level(page.tag(i)) > 0 && is_news_heading(short_text(page, i))) return dates;
      if (is_non_text_element(page.tag(i))) i = page[i].end - 1;
      if (page.tag(i) == GUMBO_TAG_TIME && keep_first(dates, read_time_element(page, i))) break;
      continue;
    }
    const std::string_view text = trim_ascii(page[i].text);
    if (text.empty()) continue;
    bytes_after += text.size();
    if (i < line_end || text.size() > max_line_bytes) continue;
    // A date is often cut into several pieces by its markup: the whole small element is read.
    const Index parent = page[i].parent;
    line_end = page[parent].end;
    if (is_named_for_other_day(page, parent)) continue;
    std::string line = short_text(page, parent);
    if (line.empty() || line.size() > max_line_bytes) line = std::string{text};
    LineDates found = read_date_line(line);
    for (std::string* date : {&found.published, &found.modified, &found.unlabelled})
      if (date->size() < iso_day_bytes) date->clear();
    if (keep_first(dates, std::move(found))) break;
  }
  return dates;
}

std::string find_publication_date(const PageTree& page) {
  // More is a sentence.
  constexpr std::size_t max_label_line_bytes = 70;
  std::string publication_date;
  for (Index i = 0; i < page.size(); ++i) {
    if (!page.is_text(i)) {
      if (is_non_text_element(page.tag(i))) i = page[i].end - 1;
      continue;
    }
    if (page[i].text.size() > 2 * max_line_bytes) continue;
    const std::string line = fold_white_space(page[i].text);
    if (line.size() > max_label_line_bytes || !begins_with_published_label(line)) continue;
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

std::string find_date_after_author(const PageView& view) {
  const PageTree& page = view.page;
  for (Index i = 0; i < page.size(); ++i) {
    if (view.dropped[i] || view.others[i] || page.tag(i) != GUMBO_TAG_A ||
        !is_author_page_address(page.attribute(i, "href")))
      continue;
    for (Index next = page[i].end; next < page.size(); ++next) {
      if (!page.is_text(next) || trim_ascii(page[next].text).empty()) continue;
      std::string date = parse_date(trim_ascii(page[next].text));
      if (date.size() >= iso_day_bytes && is_plausible_page_date(date)) return date;
      break;
    }
  }
  return "";
}

LineDates find_dates_in_bylines(const PageView& view) {
  const PageTree& page = view.page;
  LineDates dates;
  for (Index i = 0; i < page.size(); ++i) {
    if (page.is_text(i) || view.dropped[i] || view.others[i]) continue;
    if (!has_name_word(
            page, i, {"class", "id"},
            {"date", "published", "pubdate", "byline", "timestamp", "posted", "dateline", "meta", "author"}))
      continue;
    if (is_named_for_other_day(page, i)) continue;
    LineDates found = read_date_line(short_text(page, i));
    const bool is_update = has_name_word(page, i, {"class", "id"}, {"updated", "modified", "lastmod"});
    if (is_update && found.modified.empty()) found.modified = std::exchange(found.unlabelled, "");
    if (keep_first(dates, std::move(found))) break;
  }
  return dates;
}

}  // namespace stubkeeper::crawler
